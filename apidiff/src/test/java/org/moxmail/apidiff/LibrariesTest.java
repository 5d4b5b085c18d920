package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries as they are compiled, beside their dumps and those of the last release. */
class LibrariesTest {
    private static final Path TOP =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final Pattern TOP_CLASS = Pattern.compile("([a-z][a-z0-9]*\\.)+[A-Z][A-Za-z0-9]*");
    private final Repository repository = new Repository(TOP);

    @Test
    void eachLibraryExportsWhatItsDumpSays() throws IOException {
        List<String> findings = repository.check();
        if (!findings.isEmpty()) {
            fail(String.join("\n", findings));
        }
    }

    @Test
    void eachModuleThatIsPublishedIsInTheBom() throws IOException {
        List<String> published = new ArrayList<>();
        for (String module : Pattern.compile("<module>([^<]+)</module>")
                .matcher(Files.readString(TOP.resolve("pom.xml")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList()) {
            String pom = Files.readString(TOP.resolve(module).resolve("pom.xml"));
            if (!pom.contains("<maven.deploy.skip>true<") && !module.equals("mox-bom")) {
                published.add(module);
            }
        }
        assertEquals(published.stream().sorted().toList(), repository.libraries());
    }

    @Test
    void aDeliberateBreakIsFoundAndNamed(@TempDir Path scratch) throws IOException {
        Path classes = scratch.resolve("mox-dns/target/classes");
        copy(repository.classes("mox-dns"), classes);
        Path broken = classes.resolve("org/moxmail/dns/DnsName.class");
        ClassFile files = ClassFile.of();
        Files.write(
                broken,
                files.transformClass(
                        files.parse(Files.readAllBytes(broken)),
                        ClassTransform.dropping(element -> element instanceof MethodModel method
                                && method.methodName().equalsString("parse"))));

        Map<String, Api> now = new TreeMap<>(repository.code());
        now.put("mox-dns", ApiReader.read(classes));
        List<String> changes =
                Repository.compare(repository.dumps(last()), now).getOrDefault("mox-dns", List.of()).stream()
                        .map(Change::print)
                        .toList();
        String removed =
                "incompatible: org.moxmail.dns.DnsName.parse(String): removed public static org.moxmail.dns.DnsName parse(String)";
        assertTrue(changes.stream().anyMatch(line -> line.startsWith(removed)), () -> String.join("\n", changes));

        copy(TOP.resolve("api"), scratch.resolve("api"));
        Files.createDirectories(scratch.resolve("mox-bom"));
        Files.writeString(scratch.resolve("mox-bom/pom.xml"), "<artifactId>mox-dns</artifactId>");
        List<String> findings = new Repository(scratch).check();
        assertTrue(
                findings.stream()
                        .anyMatch(line -> line.startsWith(
                                "- org.moxmail.dns.DnsName: public static org.moxmail.dns.DnsName parse(String)")),
                () -> String.join("\n", findings));
        assertEquals("If that is meant: apidiff/run update", findings.getLast());
    }

    @Test
    void whateverMemberOfTheLastReleaseGoesIsNamed() throws IOException {
        for (Map.Entry<String, Api> library : repository.dumps(last()).entrySet()) {
            List<String> lines = library.getValue().print();
            Map<String, List<String>> byTopClass =
                    lines.stream().collect(Collectors.groupingBy(LibrariesTest::topClass));
            Map<String, Api> parsed = new HashMap<>();
            for (String line : lines) {
                // What isn't in a class goes with all that is below it, a member with nothing else.
                List<String> around =
                        topClass(line).isEmpty() ? lines : byTopClass.getOrDefault(topClass(line), List.of());
                List<String> rest = new ArrayList<>(around);
                rest.removeIf(other -> other.equals(line) || isBelow(other, line));
                List<Change> changes = Comparison.compare(
                        parsed.computeIfAbsent(topClass(line), none -> Api.parse(around)), Api.parse(rest));
                assertFalse(changes.isEmpty(), line);
                boolean inherited =
                        changes.stream().allMatch(change -> change.text().startsWith("is inherited only"));
                assertTrue(inherited || changes.getFirst().verdict() == Change.Verdict.INCOMPATIBLE, line);
            }
        }
    }

    private static String topClass(String line) {
        Matcher matcher = TOP_CLASS.matcher(line);
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private static boolean isBelow(String other, String line) {
        if (line.startsWith("package ")) {
            return other.startsWith(line.split(" ", 3)[1] + ".");
        }
        int colon = line.indexOf(": ");
        if (colon < 0 || !TypeDeclaration.isTypeLine(line.substring(colon + 2))) {
            return false;
        }
        String name = line.substring(0, colon);
        return other.startsWith(name + ":") || other.startsWith(name + ".");
    }

    private String last() throws IOException {
        return repository.lastRelease(Optional.empty()).orElseThrow();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
