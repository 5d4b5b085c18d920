package org.moxmail.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.testing.InMemorySocket;
import org.moxmail.smtp.testing.Rig;

/** What the engine may spend on a message. Counted, not timed, so that a slip is seen on any machine. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetTest {
    /** RFC 2920 §3.2: the replies to commands that came together go together. */
    private static final int WRITES_PER_GROUP = 1;

    /** One for the commands; a message of 4 KiB fits the first buffer, and its end may come in another packet. */
    private static final int READS_PER_MESSAGE = 3;

    /** 8 KiB for the buffer of a message; commands, replies, parked threads' stacks, and what the test itself notes. */
    private static final long OCTETS_PER_MESSAGE = 48 << 10;

    /** Buffers of 8, 16, 32 and 64 KiB, one after another, the rest as above, and nothing that grows with the message. */
    private static final long OCTETS_PER_LARGE_MESSAGE = 160 << 10;

    /** What is allocated up to EHLO's reply: two small buffers, threads' stacks, and the client's end. */
    private static final long OCTETS_PER_IDLE_CONNECTION = 56 << 10;

    private static final int MESSAGES = 300;
    private static final String COMMANDS =
            "MAIL FROM:<a@remote.example> SIZE=4096\r\nRCPT TO:<b@example.org>\r\nDATA\r\n";

    private static String message(int size) {
        StringBuilder text = new StringBuilder("Subject: budget\r\n\r\n");
        while (text.length() < size) {
            text.append("The quick brown fox jumps over the lazy dog.\r\n");
        }
        return text.toString();
    }

    /** Takes everything, and looks at how it comes. */
    private static final class Sink implements SmtpService {
        final Set<Integer> arrays = new HashSet<>();
        int ranges;

        @Override
        public Admission open(SmtpPeer peer) {
            return Admission.admit(new SmtpSession() {
                @Override
                public SmtpReply hello(Hello hello, @Nullable SSLSession tls) {
                    return SmtpReplies.OK;
                }

                @Override
                public MailDecision mail(ReversePath from, MailParams params) {
                    return MailDecision.begin(transaction());
                }

                @Override
                public void close() {}
            });
        }

        private MailTransaction transaction() {
            return new MailTransaction() {
                @Override
                public SmtpReply recipient(ForwardPath to, RcptParams params) {
                    return SmtpReplies.RECIPIENT_OK;
                }

                @Override
                public SmtpReply message(MessageStream body) throws IOException {
                    body.transferTo(new OutputStream() {
                        @Override
                        public void write(int octet) {
                            throw new AssertionError("an octet alone");
                        }

                        @Override
                        public void write(byte[] from, int offset, int length) {
                            arrays.add(System.identityHashCode(from));
                            ranges++;
                        }
                    });
                    return SmtpReplies.OK;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static Rig rig(UnaryOperator<SmtpService> service) throws IOException {
        return new Rig(Rig.delivery(), SmtpLimits.DEFAULT, Rig.memory(), service, InMemorySocket.CAPACITY).hello();
    }

    @Test
    void repliesToAGroupGoInOneWrite() throws Exception {
        try (Rig rig = rig(memory -> memory)) {
            long before = rig.pair().server().writes();
            List<String> group = new ArrayList<>(List.of("MAIL FROM:<a@remote.example>"));
            for (int i = 0; i < 100; i++) {
                group.add("RCPT TO:<b" + i + "@example.org>");
            }
            group.add("DATA");
            // One packet: more than the buffer for commands would be more than one group.
            rig.send(group.subList(0, 40).toArray(String[]::new));
            for (int i = 0; i < 40; i++) {
                assertTrue(rig.reply().startsWith("250"));
            }
            assertEquals(WRITES_PER_GROUP, rig.pair().server().writes() - before);
            rig.send(group.subList(40, group.size()).toArray(String[]::new));
            for (int i = 40; i < 101; i++) {
                assertTrue(rig.reply().startsWith("250"));
            }
            assertTrue(rig.reply().startsWith("354"));
            assertTrue(rig.pair().server().writes() - before <= 3 * WRITES_PER_GROUP);
        }
    }

    @Test
    void aMessageTakesTwoWritesAndThreeReads() throws Exception {
        try (Rig rig = rig(memory -> new Sink())) {
            InMemorySocket server = rig.pair().server();
            rig.ask("NOOP");
            rig.timing.awaitWaiters(2);
            long reads = server.reads();
            long writes = server.writes();
            deliver(rig, message(4096));
            rig.timing.awaitWaiters(2);
            assertTrue(server.reads() - reads <= READS_PER_MESSAGE, () -> server.reads() - reads + " reads");
            assertEquals(2 * WRITES_PER_GROUP, server.writes() - writes);
        }
    }

    @Test
    void octetsAreHandedOnFromTheReadBufferUncopied() throws Exception {
        Sink sink = new Sink();
        try (Rig rig = rig(memory -> sink)) {
            long reads = rig.pair().server().reads();
            deliver(rig, message(4096));
            assertEquals(1, sink.arrays.size());
            assertTrue(sink.ranges <= rig.pair().server().reads() - reads, () -> sink.ranges + " ranges");
        }
    }

    @Test
    void aMessageAllocatesLittle() throws Exception {
        assertWithin(OCTETS_PER_MESSAGE, allocated(message(4096)));
    }

    @Test
    void aLargeMessageAllocatesNothingThatGrowsWithIt() throws Exception {
        assertWithin(OCTETS_PER_LARGE_MESSAGE, allocated(message(200_000)));
        assertWithin(OCTETS_PER_LARGE_MESSAGE, allocated(message(2_000_000)));
    }

    @Test
    void anIdleConnectionAllocatesLittle() throws Exception {
        List<Rig> rigs = new ArrayList<>();
        try {
            rigs.add(rig(memory -> new Sink()));
            // The rest of it belongs to the test: two pipes, a watchdog's thread, threads' stacks.
            long pipes = 2L * InMemorySocket.CAPACITY;
            long before = allocatedOctets();
            for (int i = 0; i < 50; i++) {
                rigs.add(rig(memory -> new Sink()));
            }
            assertWithin(OCTETS_PER_IDLE_CONNECTION, (allocatedOctets() - before) / 50 - pipes);
        } finally {
            for (Rig rig : rigs) {
                rig.close();
            }
        }
    }

    private static void assertWithin(long budget, long spent) {
        assertTrue(spent <= budget, () -> spent + " octets allocated, of " + budget);
    }

    /** Octets allocated per message, by all threads. */
    private static long allocated(String message) throws Exception {
        byte[] octets = (message + ".\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] commands = COMMANDS.getBytes(StandardCharsets.US_ASCII);
        int messages = message.length() > 100_000 ? MESSAGES / 10 : MESSAGES;
        byte[] replies = new byte[1024];
        try (Rig rig = rig(memory -> new Sink())) {
            rig.events.traced = null;
            for (int i = 0; i < messages; i++) {
                deliver(rig, commands, octets, replies);
            }
            long before = allocatedOctets();
            for (int i = 0; i < messages; i++) {
                deliver(rig, commands, octets, replies);
            }
            return (allocatedOctets() - before) / messages;
        }
    }

    /** Of all threads. By reflection: the module under test doesn't read that of the JDK's counters. */
    private static long allocatedOctets() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Object bean =
                    Objects.requireNonNull(factory.getMethod("getThreadMXBean").invoke(null));
            Class<?> counters = Class.forName("com.sun.management.ThreadMXBean");
            return (long) Objects.requireNonNull(
                    counters.getMethod("getTotalThreadAllocatedBytes").invoke(bean));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the JDK counts no allocations", e);
        }
    }

    private static void deliver(Rig rig, String message) throws IOException {
        deliver(
                rig,
                COMMANDS.getBytes(StandardCharsets.US_ASCII),
                (message + ".\r\n").getBytes(StandardCharsets.US_ASCII),
                new byte[1024]);
    }

    /** As a client does: commands together, and the message when it is asked for. */
    private static void deliver(Rig rig, byte[] commands, byte[] message, byte[] replies) throws IOException {
        OutputStream out = rig.socket().getOutputStream();
        out.write(commands);
        skipLines(rig, replies, 3);
        out.write(message);
        skipLines(rig, replies, 1);
    }

    private static void skipLines(Rig rig, byte[] buffer, int lines) throws IOException {
        InputStream in = rig.socket().getInputStream();
        int left = lines;
        while (left > 0) {
            int count = in.read(buffer);
            for (int i = 0; i < count; i++) {
                left -= buffer[i] == '\n' ? 1 : 0;
            }
        }
    }
}
