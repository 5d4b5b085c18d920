package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.moxmail.message.testing.Mutations;

/** What a parse allocates, counted by the JVM: nothing that grows with bodies, and little for a small message. */
final class ParseBudgetTest {
    /** What a 20 MB mail may allocate beyond one of 200 KB with the same parts, in octets. */
    private static final long MORE_FOR_A_LARGE_BODY = 1024;

    /** A small plain message with the usual fields, in octets. */
    private static final long SMALL_MESSAGE = 3 * 1024;

    /** For each leaf of a multipart more, in octets. */
    private static final long LEAF = 1024;

    @Test
    void aBodyOf20MegabytesCostsWhatOneOf200KilobytesDoes() throws ReflectiveOperationException {
        long small = allocated(mail(3, 50_000));
        long large = allocated(mail(3, 5_000_000));
        assertTrue(large <= small + MORE_FOR_A_LARGE_BODY, () -> "200 KB: " + small + ", 20 MB: " + large);
    }

    @Test
    void aSmallMessageCostsLittle() throws ReflectiveOperationException {
        long plain = allocated(octets("Received: from a by b; Tue, 24 Nov 2026 10:00:00 +0000\r\n"
                + "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: lunch\r\n"
                + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nToday?\r\n"));
        assertTrue(plain <= SMALL_MESSAGE, () -> "a message of text: " + plain);
        long one = allocated(mail(1, 100));
        long nine = allocated(mail(9, 100));
        assertTrue(nine - one <= 8 * LEAF, () -> "one attachment: " + one + ", nine: " + nine);
    }

    /** The least of some parses, for what the JVM itself allocates now and then doesn't count. */
    private static long allocated(byte[] message) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
        Object bean =
                Objects.requireNonNull(factory.getMethod("getThreadMXBean").invoke(null));
        // By reflection: the module under test doesn't read that of the JDK's counters.
        Method count = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = (long) Objects.requireNonNull(count.invoke(bean));
            parse(message);
            long after = (long) Objects.requireNonNull(count.invoke(bean));
            least = Math.min(least, after - before);
        }
        return least;
    }

    private static void parse(byte[] message) {
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        for (int at = 0; at < message.length; at += 16384) {
            parser.feed(message, at, Math.min(16384, message.length - at));
        }
        Part part = parser.finish();
        assertTrue(part.endOffset() == message.length);
    }

    private static byte[] mail(int attachments, int octetsOfEach) {
        byte[] data = new byte[octetsOfEach];
        Mutations.random(3).nextBytes(data);
        byte[] body = Base64.getMimeEncoder().encode(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(octets("From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: pictures\r\n"
                + "Content-Type: multipart/mixed; boundary=\"outer-1234567890\"\r\n\r\n"));
        for (int i = 0; i < attachments; i++) {
            out.writeBytes(octets("--outer-1234567890\r\nContent-Type: image/jpeg; name=\"" + i
                    + ".jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
            out.writeBytes(body);
            out.writeBytes(octets("\r\n"));
        }
        out.writeBytes(octets("--outer-1234567890--\r\n"));
        return out.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
