package org.moxmail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;

class CliTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int run(String... words) {
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Environment.standard(),
                        Map.of("XDG_CONFIG_HOME", directory.toString()))
                .run(words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve | mox: unknown command serve (try: mox help)",
                "localserve --bla | mox: unknown option --bla (try: mox help localserve)",
                "localserve --dir | mox: option --dir needs a value: --dir DIRECTORY",
                "localserve --initonly=yes | mox: option --initonly takes no value",
                "localserve --ip=1.2.3.4 --ip 1.2.3.4 | mox: option --ip is given twice",
                "localserve --ip localhost | mox: --ip localhost: not an IP address",
                "localserve --port-base x | mox: --port-base x: not a number",
                "localserve --port-base 70000 | mox: --port-base 70000: choose a number from 0 to 64000",
                "localserve extra | mox: unexpected word extra (try: mox help localserve)",
                "export mox | mox: missing DESTINATION (try: mox help export)",
                "help nonsense | mox: no help on nonsense (try: mox help)",
            })
    void misuseIsSaidInOneLine(String line, String expected) {
        assertEquals(2, run(line.split(" ")));
        assertEquals(expected + "\n", err());
        assertEquals("", out());
    }

    @Test
    void anUnknownLevelNamesTheKnownOnes() {
        assertEquals(2, run("localserve", "--log-level", "loud"));
        assertTrue(err().startsWith("mox: --log-level loud: choose error, warn, info, debug, trace,"), err());
        assertEquals(1, err().lines().count());
    }

    @Test
    void helpNamesEveryCommandAndItsOptions() {
        assertEquals(0, run("help"));
        for (String name :
                new String[] {"localserve", "version", "export", "verifydata", "dump", "load", "rehearse", "help"}) {
            assertTrue(out().contains("\n  " + name + " "), name);
        }
        assertEquals(0, run("help", "localserve"));
        for (String option : new String[] {"--dir", "--ip", "--initonly", "--log-level", "--port-base", "--pedantic"}) {
            assertTrue(out().contains("\n  " + option), option);
        }
        assertEquals(0, run("export", "--help"));
        assertTrue(out().contains("usage: mox export [OPTION…] ACCOUNT DESTINATION"), out());
    }

    @Test
    void versionSaysWhatRuns() {
        assertEquals(0, run("version"));
        assertTrue(out().startsWith("mox "), out());
    }

    @Test
    void aRehearsalServesItselfAndLeavesNothingBehind() {
        assertEquals(0, run("rehearse"), err());
        assertEquals("rehearsed\n", out());
        assertEquals("", err());
    }

    @Test
    void aDirectoryCanBeMadeWithoutServing() {
        assertEquals(0, run("localserve", "--initonly"));
        assertTrue(Files.isRegularFile(directory.resolve("mox-localserve/tls/localhost.crt.pem")));
        assertTrue(Files.isDirectory(directory.resolve("mox-localserve/data/accounts/mox")));
        assertEquals(0, run("localserve", "--initonly"));
        assertEquals(0, run("verifydata"));
        assertTrue(out().endsWith("1 accounts, 0 problems\n"), out());
    }

    @Test
    void mailCanBeTakenOutAndPutBack() throws Exception {
        Path data = directory.resolve("d");
        try (RunningServer server = RunningServer.start(data);
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            smtp.send("a@example.org", "Subject: out\r\n\r\nFrom here\r\n>From there\r\n", "you@localhost");
            smtp.send("a@example.org", "Subject: large\r\n\r\n" + "x\r\n".repeat(30_000), "you@localhost");
        }
        String dir = "--dir=" + data;
        assertEquals(0, run("export", dir, "mox", directory.resolve("files").toString()), err());
        String one = Files.readString(directory.resolve("files/Inbox/1.eml"));
        assertTrue(one.endsWith("Subject: out\r\n\r\nFrom here\r\n>From there\r\n"), one);

        assertEquals(
                0,
                run(
                        "export",
                        dir,
                        "--format",
                        "mbox",
                        "mox",
                        directory.resolve("mbox").toString()),
                err());
        String mbox = Files.readString(directory.resolve("mbox/Inbox.mbox"));
        assertTrue(mbox.startsWith("From MAILER-DAEMON "), mbox.substring(0, 40));
        assertTrue(mbox.contains("\nSubject: out\n\n>From here\n>>From there\n\nFrom MAILER-DAEMON "), "quoted lines");

        Path dump = directory.resolve("dump");
        assertEquals(0, run("dump", dir, "mox", dump.toString()), err());
        Path messages = data.resolve("data/accounts/mox/msg");
        assertEquals(0, run("load", dir, "copy", dump.toString(), messages.toString()), err());
        assertEquals(0, run("export", dir, "copy", directory.resolve("copied").toString()), err());
        for (String message : new String[] {"Inbox/1.eml", "Inbox/2.eml"}) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            directory.resolve("files").resolve(message),
                            directory.resolve("copied").resolve(message)));
        }
        assertEquals(0, run("verifydata", dir), out());

        assertEquals(1, run("export", dir, "nobody", directory.resolve("no").toString()));
        assertTrue(err().endsWith("mox: no account nobody; there are: copy, mox\n"), err());
        assertEquals(1, run("verifydata", "--dir", directory.resolve("none").toString()));
        assertTrue(err().endsWith("mox: there is no mail in " + directory.resolve("none") + "\n"), err());
    }
}
