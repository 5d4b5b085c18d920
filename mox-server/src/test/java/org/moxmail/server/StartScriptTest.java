package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program keeps Java's cache fitting, and never lets it stand in the way of a start. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartScriptTest {
    /** A Java that notes down how it was called, and makes a cache when it is asked to, unless it can't. */
    private static final String JAVA = """
        #!/bin/sh
        echo "$*" >> "$CALLS"
        for word; do
          case $word in
            -XX:AOTCacheOutput=*) [ -z "${UNABLE:-}" ] || exit 1; echo cache > "${word#*=}" ;;
          esac
        done
        """;

    @TempDir
    Path directory;

    private Path top;
    private Path calls;

    @BeforeEach
    void layOut() throws IOException {
        // Spaces, since people have them.
        top = Files.createDirectories(directory.resolve("a place"));
        calls = directory.resolve("calls");
        Path repository = Path.of("..").toAbsolutePath().normalize();
        Files.createDirectories(top.resolve("build"));
        Files.createDirectories(target());
        Files.copy(repository.resolve("mox"), top.resolve("mox"));
        Files.copy(repository.resolve("build/find-jdk"), top.resolve("build/find-jdk"));
        Files.writeString(target().resolve("mox.jar"), "one");
        jdk("25.0.1");
    }

    private Path target() {
        return top.resolve("mox-server/target");
    }

    private void jdk(String version) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = bin.resolve("java");
        Files.writeString(java, JAVA);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process launch(String... variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", top.resolve("mox").toString(), "localserve", "--dir", "x y");
        builder.environment().put("MOX_JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().put("CALLS", calls.toString());
        builder.environment().remove("MOX_JAVA_OPTS");
        for (int i = 0; i < variables.length; i += 2) {
            builder.environment().put(variables[i], variables[i + 1]);
        }
        return builder.redirectErrorStream(true).start();
    }

    /** How Java was called in one run of the script. */
    private List<String> start(String... variables) throws IOException, InterruptedException {
        Files.deleteIfExists(calls);
        Process process = launch(variables);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return Files.readAllLines(calls);
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(target())) {
            return files.filter(file -> file.getFileName().toString().contains(".aot"))
                    .toList();
        }
    }

    private void assertServesWithCache(String call) throws IOException {
        assertEquals(1, caches().size());
        assertTrue(call.contains("-XX:+VerifySharedSpaces -XX:AOTCache=" + caches().getFirst() + " "), call);
        assertTrue(call.endsWith("mox.jar localserve --dir x y"), call);
    }

    private static void assertRehearses(String call) {
        assertTrue(call.contains("-XX:AOTCacheOutput="), call);
        assertTrue(call.endsWith("mox.jar rehearse"), call);
    }

    @Test
    void theCacheIsMadeOnceAndThenUsed() throws Exception {
        List<String> first = start();
        assertEquals(2, first.size());
        assertRehearses(first.getFirst());
        assertServesWithCache(first.getLast());
        List<String> second = start();
        assertEquals(1, second.size());
        assertServesWithCache(second.getFirst());
    }

    @Test
    void anotherJarOrJdkHasACacheOfItsOwnAndTheOldOneGoes() throws Exception {
        start();
        Path old = caches().getFirst();
        Files.writeString(target().resolve("mox.jar"), "another");
        List<String> after = start();
        assertEquals(2, after.size());
        assertServesWithCache(after.getLast());
        assertFalse(Files.exists(old));
        old = caches().getFirst();
        jdk("25.0.2");
        assertRehearses(start().getFirst());
        assertEquals(1, caches().size());
        assertFalse(Files.exists(old));
    }

    @Test
    void whenItCantBeMadeTheServerStartsWithoutAndItIsNotTriedAgain() throws Exception {
        List<String> first = start("UNABLE", "yes");
        assertEquals(2, first.size());
        assertFalse(first.getLast().contains("AOT"), first.getLast());
        List<String> second = start();
        assertEquals(1, second.size());
        assertFalse(second.getFirst().contains("AOT"), second.getFirst());
    }

    @Test
    void whoSaysHowClassesAreSharedIsNotContradicted() throws Exception {
        List<String> only = start("MOX_JAVA_OPTS", "-Xmx1g -Xshare:off");
        assertEquals(1, only.size());
        assertFalse(only.getFirst().contains("AOT"), only.getFirst());
        assertTrue(only.getFirst().contains(" -Xmx1g -Xshare:off -jar "), only.getFirst());
        assertEquals(List.of(), caches());
    }

    @Test
    void severalStartsAtOnceLeaveOneCache() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(launch());
        }
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
        }
        List<String> serving = Files.readAllLines(calls).stream()
                .filter(call -> call.endsWith("localserve --dir x y"))
                .toList();
        assertEquals(4, serving.size());
        assertServesWithCache(start().getFirst());
    }

    @Test
    void whatAnInterruptedRehearsalLeftIsClearedAway() throws Exception {
        Files.writeString(target().resolve("mox-1-2.aot.77"), "half");
        Files.writeString(target().resolve("mox-1-2.aot.77.config"), "half");
        assertServesWithCache(start().getLast());
    }
}
