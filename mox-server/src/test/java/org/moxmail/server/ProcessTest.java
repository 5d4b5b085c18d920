package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.testing.ChildServer;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.SmtpTalk;

/** The program as an operator meets it: a process that starts, complains in one line, and ends when told to. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTest {
    @TempDir
    Path directory;

    private record Ended(int status, String err) {
        List<String> complaints() {
            return err.lines().filter(line -> line.startsWith("mox: ")).toList();
        }
    }

    private static Ended run(String... words) throws IOException, InterruptedException {
        Process process = ChildServer.launch(List.of(words));
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), err);
    }

    private static void failsSaying(String what, Ended ended) {
        assertEquals(1, ended.status(), ended.err());
        assertEquals(1, ended.complaints().size(), ended.err());
        assertTrue(ended.complaints().getFirst().contains(what), ended.err());
        assertTrue(!ended.err().contains("\tat "), "a stack trace: " + ended.err());
    }

    @Test
    void itServesAndEndsWhenTold() throws Exception {
        try (ChildServer child = ChildServer.start(directory.resolve("new/deep"));
                SmtpTalk idle = SmtpTalk.greeted(child.connect("SMTP"));
                ImapTalk phone = ImapTalk.loggedIn(child.connect("IMAP"))) {
            phone.ok("SELECT Inbox");
            phone.raw("i IDLE\r\n");
            assertTrue(phone.line().startsWith("+"));
            assertTrue(child.instructions().contains("swaks --to you@localhost --server 127.0.0.1:"));
            assertTrue(child.instructions().contains("curl -k 'imaps://127.0.0.1:"));

            failsSaying(
                    directory.toString(),
                    run("localserve", "--dir", directory.resolve("new/deep").toString(), "--port-base", "0"));

            child.process().destroy();
            idle.expect("421 4.3.2");
            assertTrue(phone.line().startsWith("* BYE"));
            assertEquals(15, child.terminate());
        }
        // The directory is free again.
        Ended verified =
                run("verifydata", "--dir", directory.resolve("new/deep").toString());
        assertEquals(0, verified.status(), verified.err());
    }

    @Test
    void ctrlCEndsItAsWell() throws Exception {
        try (ChildServer child = ChildServer.start(directory);
                SmtpTalk idle = SmtpTalk.greeted(child.connect("SMTP"))) {
            Process kill = new ProcessBuilder(
                            "kill", "-INT", Long.toString(child.process().pid()))
                    .start();
            assertEquals(0, kill.waitFor());
            idle.expect("421 4.3.2");
            assertEquals(2, child.process().waitFor());
            assertEquals("", child.complaints());
        }
    }

    @Test
    void aPortThatSomebodyElseHasIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int base = Math.min(taken.getLocalPort() - 25, 64_000);
            if (base + 25 != taken.getLocalPort()) {
                // The port is so high that it has to be the one of IMAPS.
                base = taken.getLocalPort() - 993;
            }
            Ended ended =
                    run("localserve", "--dir", directory.toString(), "--ip", "127.0.0.1", "--port-base", "" + base);
            failsSaying("port " + taken.getLocalPort(), ended);
            assertTrue(ended.complaints().getFirst().contains("another program has that port"), ended.err());
        }
    }

    @Test
    void whatCannotBeServedIsSaidInOneLine() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        failsSaying(file.toString(), run("localserve", "--dir", file.toString(), "--port-base", "0"));
        failsSaying(
                file.toString(),
                run("localserve", "--dir", file.resolve("below").toString(), "--initonly"));
        Ended foreign =
                run("localserve", "--dir", directory.resolve("d").toString(), "--ip", "192.0.2.1", "--port-base", "0");
        failsSaying("this machine doesn't have that address", foreign);
    }
}
