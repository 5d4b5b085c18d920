package org.moxmail.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** What a module descriptor would have said, if Xodus could go on the module path. */
final class ArchitectureTest {
    /** Read once: that takes most of the time. */
    private static final JavaClasses ALL = new ClassFileImporter()
            .importUrl(Store.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void xodusIsKnownToOneClassAlone() {
        noClasses()
                .that()
                .haveNameNotMatching("org\\.moxmail\\.store\\.kv\\.XodusStore.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jetbrains..")
                .check(ALL);
        classes()
                .that()
                .haveNameMatching("org\\.moxmail\\.store\\.kv\\.XodusStore.*")
                .should()
                .notBePublic()
                .check(ALL);
    }

    @Test
    void theSeamKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("org.moxmail.store.kv")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.moxmail.store", "org.moxmail.store.testing", "org.moxmail.message..")
                .check(ALL);
    }

    @Test
    void theStoreKnowsMessagesAndTimeOnly() {
        classes()
                .that()
                .resideInAPackage("org.moxmail.store..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "jetbrains..",
                        "org.moxmail.store..",
                        "org.moxmail.message..",
                        "org.moxmail.dns",
                        "org.moxmail.time")
                .check(ALL);
    }
}
