package org.moxmail.apidiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, on a repository with one library. */
class RepositoryTest {
    @TempDir
    Path top = Path.of("");

    @BeforeEach
    void aRepository() throws IOException {
        Files.createDirectories(top.resolve("mox-bom"));
        Files.createDirectories(top.resolve("apidiff"));
        Files.writeString(
                top.resolve("mox-bom/pom.xml"),
                "<artifactId>mox-bom</artifactId> <dependency><artifactId>mox-lib</artifactId></dependency>");
        code("void m(); int n();");
    }

    private void code(String members) throws IOException {
        Path classes = Compiled.classes(top, Map.of("a/I.java", "package a; public interface I { " + members + " }"));
        Path target = top.resolve("mox-lib/target/classes");
        if (Files.exists(target)) {
            Files.move(target, Files.createTempDirectory(top, "old").resolve("classes"));
        }
        Files.createDirectories(top.resolve("mox-lib/target"));
        Files.move(classes, target);
    }

    private String run(int code, String... command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            assertEquals(
                    code,
                    new Main(top, stream).run(Arrays.asList(command)),
                    () -> out.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String next() throws IOException {
        return Files.readString(top.resolve("apidiff/next.txt"));
    }

    @Test
    void aLibraryWithoutADumpFailsUntilItHasOne() throws IOException {
        assertTrue(run(1, "check").contains("+ a.I: public abstract void m()\n"));
        assertEquals("", run(0, "update"));
        assertEquals("", run(0, "check"));
        assertEquals(
                "package a\na.I: public interface I\na.I: public abstract void m()\na.I: public abstract int n()\n",
                Files.readString(top.resolve("api/mox-lib.api")));
    }

    @Test
    void whatDiffersIsNamedWithTheCommandThatMakesItRight() throws IOException {
        run(0, "update");
        code("void m(); long n();");
        assertEquals("""
                mox-lib: the API isn't what api/mox-lib.api says.
                - a.I: public abstract int n()
                + a.I: public abstract long n()
                If that is meant: apidiff/run update
                """, run(1, "check"));
    }

    @Test
    void whatBreaksIsCollectedUntilTheNextRelease() throws IOException {
        run(0, "update");
        assertEquals("# Nothing is released yet.\n", next());
        run(0, "release", "0.9.0");
        assertEquals("# 0.9.0 is the first release.\n", Files.readString(top.resolve("apidiff/0.9.0.txt")));
        code("void m(); default int o() { return 1; }");
        run(0, "update");
        String broken = "mox-lib: incompatible: a.I.n(): removed public abstract int n()\n";
        assertEquals("# Incompatible changes since 0.9.0; written by apidiff/run update\n" + broken, next());
        assertEquals("", run(0, "check"));
        String all = broken + "mox-lib: compatible: a.I.o(): new public default int o()\n1 of 2 changes break users\n";
        assertEquals(all, run(0, "next"));
        assertEquals(all, run(0, "compare", "0.9.0", "next"));

        run(0, "release", "0.10.0");
        assertEquals(
                "# Incompatible changes from 0.9.0 to 0.10.0\n" + broken,
                Files.readString(top.resolve("apidiff/0.10.0.txt")));
        assertEquals("# Incompatible changes since 0.10.0; written by apidiff/run update\n", next());
        assertEquals(all, run(0, "compare", "0.9.0", "0.10.0"));
        assertEquals("", run(0, "check"));
    }

    @Test
    void aListOfBreaksThatIsntTrueFails() throws IOException {
        run(0, "update");
        Files.writeString(top.resolve("apidiff/next.txt"), "nothing at all\n");
        assertTrue(run(1, "check").contains("next.txt"));
    }

    @Test
    void theLastReleaseIsTheHighestByNumber() throws IOException {
        for (String version : List.of("0.9.0", "0.10.0", "0.10.0.1", "drafts")) {
            Files.createDirectories(top.resolve("api/releases").resolve(version));
        }
        Repository repository = new Repository(top);
        assertEquals(Optional.of("0.10.0.1"), repository.lastRelease(Optional.empty()));
        assertEquals(Optional.of("0.9.0"), repository.lastRelease(Optional.of("0.10.0")));
        assertEquals(Optional.empty(), repository.lastRelease(Optional.of("0.9.0")));
    }

    @Test
    void dumpsOfALibraryThatIsGoneGoToo() throws IOException {
        run(0, "update");
        Files.writeString(top.resolve("api/mox-gone.api"), "package gone\n");
        run(0, "update");
        try (Stream<Path> files = Files.list(top.resolve("api"))) {
            assertEquals(List.of(top.resolve("api/mox-lib.api")), files.toList());
        }
    }

    @Test
    void aCommandThatIsntKnownIsToldSo() throws IOException {
        assertEquals("", run(2, "compare", "0.1.0"));
        assertEquals("", run(2, "frobnicate"));
    }
}
