package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.Rig;

/** Peers that are slow, silent, gone, or not to be trusted. */
@Timeout(60)
class ConnectionTest {
    private static Rig submission() throws IOException {
        Rig rig = new Rig(
                Rig.submission(),
                SmtpLimits.DEFAULT,
                Rig.memory().withUser("ann", "secret"),
                null,
                InMemorySocket.CAPACITY);
        rig.hello().ask("STARTTLS");
        rig.startTls();
        rig.ask("EHLO client.example");
        return rig;
    }

    @Test
    void aCommandHasItsTimeAsAWhole() throws Exception {
        // RFC 5321 §4.5.3.2.7, for the line and not for each octet
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            for (int minute = 0; minute < 5; minute++) {
                rig.raw("N");
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.ofMinutes(1));
            }
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
            assertNull(rig.line());
        }
    }

    @Test
    void aMessageHasItsTimeAsAWhole() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            for (int minute = 0; minute < 30; minute++) {
                rig.raw("x\r\n");
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.ofMinutes(1));
            }
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
            assertTrue(rig.service.messages().isEmpty());
        }
    }

    @Test
    void aSilentSenderOfDataIsTimedOut() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            rig.timing.awaitWaiters(2);
            rig.timing.advance(Duration.ofMinutes(3));
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
        }
    }

    @Test
    void aSessionHasItsTimeAsAWhole() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            for (int round = 0; round < 24 * 2; round++) {
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.ofMinutes(2));
                assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            }
            for (int round = 0; round < 6; round++) {
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.ofMinutes(4));
                if (round < 5) {
                    assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
                }
            }
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
        }
    }

    @Test
    void aPeerThatNeverReadsIsCutOff() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), null, 512)) {
            rig.raw("HELP\r\n".repeat(80));
            while (rig.events.ends.isEmpty()) {
                rig.timing.advance(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }
            assertEquals(List.of("the peer took too long"), rig.events.ends);
        }
    }

    @Test
    void anIdleConnectionEndsAtOnceOnShutdown() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.timing.awaitWaiters(2);
            rig.connection.shutdown();
            assertEquals("421 4.3.2 shutting down (cid1)", rig.reply());
            assertNull(rig.line());
        }
    }

    @Test
    void aShutdownWaitsForTheEndOfAMessage() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            rig.connection.shutdown();
            rig.raw("hi\r\n.\r\n");
            assertEquals("250 2.2.0 got it", rig.reply());
            assertEquals("421 4.3.2 shutting down (cid1)", rig.reply());
            assertEquals(1, rig.service.messages().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aShutdownTellsTlsConnectionsToo(String protocol) throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.ask("STARTTLS");
            rig.startTls(protocol);
            rig.ask("EHLO client.example");
            rig.timing.awaitWaiters(2);
            rig.connection.shutdown();
            assertEquals("421 4.3.2 shutting down (cid1)", rig.reply());
            assertNull(rig.line());
            rig.join();
            assertEquals(List.of("shutting down"), rig.events.ends);
        }
    }

    /** RFC 5321 §3.8: the 421 answers whatever the client says meanwhile. */
    @Test
    void aShutdownAnswersACommandThatIsHalfThere() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.raw("NO");
            rig.timing.awaitWaiters(2);
            rig.connection.shutdown();
            assertEquals("421 4.3.2 shutting down (cid1)", rig.reply());
            assertNull(rig.line());
            rig.join();
            assertEquals(List.of("EHLO 250"), rig.events.commands);
        }
    }

    @RepeatedTest(50)
    void commandsThatCrossAShutdownAreAnsweredOrRefusedButNeverBoth() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.send("NOOP");
            rig.connection.shutdown();
            String reply = rig.reply();
            if (reply.equals("250 2.0.0 ok")) {
                reply = rig.reply();
            }
            assertEquals("421 4.3.2 shutting down (cid1)", reply);
            assertNull(rig.line());
        }
    }

    /** What can't be told in time is cut off. */
    @Test
    void aShutdownDoesNotWaitForEverForAPeerThatDoesNotRead() throws Exception {
        try (Rig rig = new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), null, Rig.GREETING.length() + 2)) {
            rig.timing.awaitWaiters(2);
            Thread shutdown = Rig.THREADS.newThread(rig.connection::shutdown);
            shutdown.start();
            while (shutdown.getState() != Thread.State.WAITING) {
                Thread.yield();
            }
            rig.timing.advance(SmtpLimits.DEFAULT.writeStall());
            shutdown.join();
            rig.join();
            assertEquals(List.of("shutting down"), rig.events.ends);
        }
    }

    @Test
    void idleTimeCountsWhileAwaitingACommand() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.timing.awaitWaiters(2);
            rig.timing.advance(Duration.ofMinutes(2));
            assertEquals(Duration.ofMinutes(2), rig.connection.idle());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_650, 3_650})
    void aWallClockThatJumpsNeitherClosesTheHealthyNorKeepsTheDead(long days) throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.timing.awaitWaiters(2);
            rig.wallClockOff = Duration.ofDays(days);
            rig.timing.advance(SmtpLimits.DEFAULT.commandWait().minusSeconds(1));
            assertEquals("354 see you at the bare dot", rig.ask("DATA"));
            rig.wallClockOff = Duration.ZERO;
            assertEquals("250 2.2.0 got it", rig.raw("hi\r\n.\r\n").reply());
            rig.timing.awaitWaiters(2);
            rig.wallClockOff = Duration.ofDays(-days);
            rig.timing.advance(SmtpLimits.DEFAULT.commandWait());
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
            assertNull(rig.line());
        }
    }

    @Test
    void halfACommandPerMinuteIsNoCommandInTime() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            for (int minute = 0; minute < 5; minute++) {
                rig.raw("N");
                rig.timing.awaitWaiters(2);
                rig.timing.advance(Duration.ofMinutes(1));
            }
            assertEquals("421 4.4.2 timed out (cid1)", rig.reply());
            assertNull(rig.line());
        }
    }

    @Test
    void closingCutsOff() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            rig.connection.close();
            rig.join();
            assertNull(rig.line());
        }
    }

    @Test
    void aMessageOfALostPeerIsDropped() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.ask("DATA");
            rig.raw("Subject: half\r\n");
            rig.pair().client().close();
            rig.join();
            assertTrue(rig.service.messages().isEmpty());
            assertTrue(rig.events.failures.isEmpty());
        }
    }

    @Test
    void aLineTooLongEndsTheConnection() throws Exception {
        // 2048 octets with the CRLF
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            assertEquals("250 2.0.0 ok", rig.ask("NOOP " + "x".repeat(2048 - 7)));
            assertEquals("500 5.5.0 line too long (cid1)", rig.ask("NOOP " + "x".repeat(2048 - 6)));
            assertNull(rig.line());
        }
    }

    @Test
    void aLineWithoutAnEndIsTooLong() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            assertEquals(
                    "500 5.5.0 line too long (cid1)", rig.raw("x".repeat(2048)).reply());
        }
    }

    @Test
    void the1001stRecipientIsTooMany() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.ask("MAIL FROM:<a@remote.example>");
            for (int i = 1; i <= 1000; i++) {
                assertEquals("250 2.1.0 ok", rig.ask("RCPT TO:<" + i + "@example.org>"));
            }
            assertEquals("452 4.5.3 too many recipients (cid1)", rig.ask("RCPT TO:<1001@example.org>"));
            rig.ask("DATA");
            assertEquals("250 2.2.0 got it", rig.raw(".\r\n").reply());
            assertEquals(1000, rig.service.messages().getFirst().recipients().size());
        }
    }

    @Test
    void moreThanTenFailuresAndNoSuccessIsEnough() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.service.judge(SmtpReply.of(550, "5.7.1", "no"));
            for (int i = 0; i < 11; i++) {
                assertEquals("250 2.1.0 ok", rig.ask("MAIL FROM:<a@remote.example>"));
                rig.ask("RCPT TO:<b@example.org>");
                rig.ask("DATA");
                assertEquals("550 5.7.1 no (cid1)", rig.raw(".\r\n").reply());
            }
            assertEquals("550 5.1.0 too many failures (cid1)", rig.ask("MAIL FROM:<a@remote.example>"));
            assertNull(rig.line());
        }
    }

    @Test
    void aSlowedPeerGetsAnOctetASecond() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.service.judge(SmtpReply.of(550, "5.7.1", "no").slow());
            rig.ask("DATA");
            assertEquals("550 5.7.1 no (cid1)", rig.raw(".\r\n").reply());
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            assertNull(closed(rig).line());
            // A second before each read, and one after each octet written.
            List<Integer> octets = rig.pauses;
            assertEquals(21 + 1 + 14 + 1, octets.size());
            for (int i = 0; i < 21; i++) {
                assertTrue(octets.get(i) <= i + 1, octets::toString);
            }
        }
    }

    private static Rig closed(Rig rig) throws Exception {
        rig.pair().client().shutdownOutput();
        rig.join();
        return rig;
    }

    @Test
    void aSlowedPeerGetsTheRestBeforeItTimesOut() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello().recipient()) {
            rig.service.judge(SmtpReply.of(550, "5.7.1", "no ".repeat(50)).slow());
            rig.ask("DATA");
            assertTrue(rig.raw(".\r\n").reply().startsWith("550 5.7.1 no no"));
            closed(rig);
            // Of the 30 s for a write 5 s are kept in reserve.
            assertEquals(25 + 1, rig.pauses.size());
        }
    }

    @Test
    void threeFailedLoginsSlowTheConnectionAndLoggingInEndsThat() throws Exception {
        try (Rig rig = submission()) {
            for (int i = 0; i < 2; i++) {
                assertEquals("535 5.7.8 bad user or password (cid1)", rig.ask("AUTH PLAIN AGFubgB3cm9uZw=="));
            }
            assertEquals(List.of(), rig.pauses);
            assertEquals("535 5.7.8 bad user or password (cid1)", rig.ask("AUTH PLAIN AGFubgB3cm9uZw=="));
            assertEquals("235 2.7.0 nice", rig.ask("AUTH PLAIN AGFubgBzZWNyZXQ="));
            int pauses = rig.pauses.size();
            assertTrue(pauses >= 25);
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            assertEquals("250 2.0.0 ok", rig.ask("NOOP"));
            assertEquals(pauses, rig.pauses.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<a@b.example>\r\n", "\u0016\u0003\u0001", ""})
    void aHandshakeThatFailsEndsTheConnection(String instead) throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            assertEquals("220 2.0.0 go ahead", rig.ask("STARTTLS"));
            rig.raw(instead);
            rig.pair().client().shutdownOutput();
            rig.join();
            assertEquals(1, rig.events.ends.size());
            assertFalse(rig.events.commands.contains("MAIL 250"));
        }
    }

    @Test
    void aHandshakeThatIsNeverBegunTimesOut() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            assertEquals("220 2.0.0 go ahead", rig.ask("STARTTLS"));
            rig.timing.awaitWaiters(2);
            rig.timing.advance(Duration.ofMinutes(1));
            rig.join();
            assertEquals(1, rig.events.ends.size());
        }
    }

    @Test
    void truncatedTlsIsNoEndOfAMessage() throws Exception {
        try (Rig rig = submission()) {
            rig.ask("AUTH PLAIN AGFubgBzZWNyZXQ=");
            rig.recipient().ask("DATA");
            rig.raw("hi\r\n");
            // Part of a record, and then the plain connection's end without TLS's own.
            rig.pair().client().getOutputStream().write(new byte[] {23, 3, 3, 0, 50, 1, 2, 3});
            rig.pair().client().close();
            rig.join();
            assertTrue(rig.service.messages().isEmpty());
        }
    }

    @Test
    void tracesMaskCredentialsAndLeaveDataOut() throws Exception {
        try (Rig rig = submission()) {
            rig.ask("AUTH LOGIN");
            rig.ask("YW5u");
            rig.ask("c2VjcmV0");
            rig.recipient().ask("DATA");
            rig.raw("secret text\r\n.\r\n").reply();
            rig.ask("AUTH PLAIN AGFubgBzZWNyZXQ=");
            String trace = String.join("\n", rig.events.lines);
            assertFalse(trace.contains("c2VjcmV0") || trace.contains("AGFubg") || trace.contains("secret text"), trace);
            assertTrue(trace.contains("C: ***") && trace.contains("C: AUTH ***") && trace.contains("S: 235"), trace);
        }
    }

    @Test
    void tracesTellEverythingWhenAsked() throws Exception {
        try (Rig rig = submission()) {
            rig.events.traced = SmtpEvents.TraceLevel.TRACEDATA;
            rig.ask("AUTH PLAIN AGFubgBzZWNyZXQ=");
            rig.recipient().ask("DATA");
            rig.raw("secret text\r\n.\r\n").reply();
            String trace = String.join("\n", rig.events.lines);
            assertTrue(trace.contains("AGFubg") && trace.contains("secret text"), trace);
        }
    }

    @Test
    void commandsAreToldWithTheirVerbOnly() throws Exception {
        try (Rig rig = Rig.of(Rig.delivery()).hello()) {
            rig.ask("SECRETWORD x");
            rig.ask("MAIL oops");
            assertEquals(List.of("EHLO 250", "UNKNOWN 500", "MAIL 501"), rig.events.commands);
        }
    }

    @Test
    void whoIsNotAdmittedHearsWhy() throws Exception {
        try (Rig rig = new Rig(
                Rig.delivery(),
                SmtpLimits.DEFAULT,
                Rig.memory(),
                service -> peer -> Admission.refuse(SmtpReply.of(421, "4.7.0", "too many connections")),
                65536)) {
            assertEquals("421 4.7.0 too many connections (cid1)", rig.reply());
            assertNull(rig.line());
        }
    }
}
