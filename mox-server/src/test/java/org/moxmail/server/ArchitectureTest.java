package org.moxmail.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.moxmail.dns.DnsName;
import org.moxmail.imap.server.ImapServer;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.sasl.SaslMechanism;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.store.Store;

/** Who may use whom: the modules' layers, and the server's capabilities. */
class ArchitectureTest {
    private static final String ROOT = "org.moxmail.";

    /** Each module's packages, and which modules it may use; what isn't named here it may not. */
    private static final Map<String, List<String>> MODULES = Map.of(
            "dns", List.of("time"),
            "time", List.of(),
            "message", List.of("dns", "time"),
            "sasl", List.of(),
            "smtp", List.of("dns", "message", "time"),
            "imap", List.of("dns", "message", "time"),
            "store", List.of("dns", "message", "time"));

    /** Each capability, and which others' entry classes it may use. */
    private static final Map<String, List<String>> CAPABILITIES = Map.ofEntries(
            Map.entry("files", List.of()),
            Map.entry("limits", List.of()),
            Map.entry("directory", List.of()),
            Map.entry("failures", List.of()),
            Map.entry("transfer", List.of()),
            Map.entry("trace", List.of("files")),
            Map.entry("tls", List.of("files")),
            Map.entry("log", List.of("trace")),
            Map.entry("auth", List.of("directory", "limits", "log")),
            Map.entry("delivery", List.of("log", "trace")),
            Map.entry("imap", List.of("auth")),
            Map.entry("incoming", List.of("delivery", "directory", "failures", "trace")),
            Map.entry("submission", List.of("auth", "delivery", "directory", "failures", "trace")));

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        // One class of each module tells where its others are; tests are elsewhere.
        List<Location> places = Stream.of(
                        DnsName.class,
                        MailboxName.class,
                        SaslMechanism.class,
                        SmtpReply.class,
                        ImapServer.class,
                        Store.class,
                        Main.class)
                .map(type ->
                        Location.of(type.getProtectionDomain().getCodeSource().getLocation()))
                .toList();
        all = new ClassFileImporter().importLocations(places);
        assertTrue(all.size() > 300, "classes of all modules: " + all.size());
    }

    @TestFactory
    Stream<DynamicTest> arrowsBetweenModulesGoDown() {
        return MODULES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] forbidden = Stream.concat(MODULES.keySet().stream(), Stream.of("server", "bench"))
                            .filter(other -> !other.equals(entry.getKey())
                                    && !entry.getValue().contains(other))
                            .map(other -> ROOT + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + entry.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .check(all);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCapabilityUsesOnlyThoseItMay() {
        return CAPABILITIES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] forbidden = Stream.concat(CAPABILITIES.keySet().stream(), Stream.of("boot", "cli"))
                            .filter(other -> !other.equals(entry.getKey())
                                    && !entry.getValue().contains(other))
                            .map(other -> ROOT + "server." + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "server." + entry.getKey())
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .check(all);
                }));
    }

    @Test
    void everyPackageOfTheServerIsAmongTheCapabilities() {
        classes()
                .that()
                .resideInAPackage(ROOT + "server..")
                .should()
                .resideInAnyPackage(Stream.concat(
                                CAPABILITIES.keySet().stream().map(name -> ROOT + "server." + name),
                                Stream.of(ROOT + "server", ROOT + "server.boot", ROOT + "server.cli"))
                        .toArray(String[]::new))
                .check(all);
    }

    @Test
    void nothingUsesBootButTheCommandLineAndNothingUsesThat() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "server.boot", ROOT + "server.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "server.boot")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "server.cli", ROOT + "server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "server.cli")
                .check(all);
    }

    @Test
    void thereAreNoCirclesAmongCapabilities() {
        slices().matching(ROOT + "server.(*)").should().beFreeOfCycles().check(all);
    }

    @Test
    void theStoresEngineIsSeenByItsOwnPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "store.kv")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jetbrains..", "kotlin..")
                .check(all);
    }

    @Test
    void nothingThatChangesIsStatic() {
        classes()
                .that()
                .resideInAPackage(ROOT + "server..")
                .should(new ArchCondition<>("have final static fields only") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                        && !field.getModifiers().contains(JavaModifier.FINAL))
                                .forEach(field -> events.add(SimpleConditionEvent.violated(
                                        field, field.getFullName() + " is static and changes")));
                    }
                })
                .check(all);
    }
}
