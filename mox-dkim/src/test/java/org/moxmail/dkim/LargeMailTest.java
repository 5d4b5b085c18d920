package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/** What a mail of 20 MB with four signatures costs. */
class LargeMailTest {
    private static final int BODY = 20_000_000;
    /** For the header and for what signing takes. */
    private static final int REST = 100_000;

    /** A mail whose body is made while it is read; counts the octets that are. */
    private static final class Mail implements MessageContent {
        private static final byte[] LINE =
                "A line of text that isn't  quite canonical. \r\n".getBytes(StandardCharsets.US_ASCII);

        private final byte[] header;
        private long read;

        Mail(String header) {
            this.header = (header + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public long size() {
            return header.length + (long) BODY / LINE.length * LINE.length;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            if (position >= size()) {
                return -1;
            }
            int count = (int) Math.min(length, size() - position);
            for (int i = 0; i < count; i++) {
                long at = position + i;
                into[offset + i] =
                        at < header.length ? header[(int) at] : LINE[(int) ((at - header.length) % LINE.length)];
            }
            read += count;
            return count;
        }

        @Override
        public void writeTo(OutputStream out, long position, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** SHA-256 of the JDK, counting what all of its instances hash. */
    public static final class CountingDigest extends MessageDigestSpi {
        private static long hashed;

        private final MessageDigest digest;

        /** For the provider. */
        public CountingDigest() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256", Security.getProvider("SUN"));
        }

        @Override
        protected void engineUpdate(byte input) {
            hashed++;
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            hashed += length;
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return digest.digest();
        }

        @Override
        protected int engineDigest(byte[] into, int offset, int length) throws DigestException {
            return digest.digest(into, offset, length);
        }

        @Override
        protected int engineGetDigestLength() {
            return digest.getDigestLength();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }
    }

    private static final class CountingProvider extends Provider {
        private static final long serialVersionUID = 1L;

        CountingProvider() {
            super("Counting", "1", "counts what SHA-256 hashes");
        }

        @Override
        public @Nullable Service getService(String type, String algorithm) {
            if (!type.equals("MessageDigest") || !algorithm.equals("SHA-256")) {
                return null;
            }
            return new Service(this, type, algorithm, CountingDigest.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new CountingDigest();
                }
            };
        }
    }

    private static Mail signed(Canonicalization other) throws IOException, SyntaxException {
        String header = Signed.MESSAGE.substring(0, Signed.MESSAGE.indexOf("\r\n\r\n") + 2);
        List<DkimSelector> selectors = List.of(
                Signed.selector(Signed.RSA),
                Signed.selector(Signed.ED25519),
                Signed.selector(Signed.RSA, Canonicalization.RELAXED, other),
                Signed.selector(Signed.ED25519, Canonicalization.RELAXED, other));
        SignedMessage message = SignedMessage.of(new Mail(header));
        return new Mail(
                new DkimSigner(Signed.DOMAIN, selectors, Signed.CLOCK).sign(message, Signed.ANN, false) + header);
    }

    private static List<DkimOutcome> verify(Mail mail) throws IOException, InterruptedException {
        return new DkimVerifier(Signed.dns(), Signed.CLOCK).verify(SignedMessage.of(mail));
    }

    private static void assertAllPass(List<DkimOutcome> outcomes) {
        assertEquals(4, outcomes.size());
        for (DkimOutcome outcome : outcomes) {
            assertEquals(DkimStatus.PASS, outcome.status(), outcome::detail);
        }
    }

    @ParameterizedTest
    @EnumSource(Canonicalization.class)
    void aBodyIsReadOnceAndHashedOnceForEachCanonicalization(Canonicalization other) throws Exception {
        Mail mail = signed(other);
        int canonicalizations = other == Canonicalization.RELAXED ? 1 : 2;
        Provider provider = new CountingProvider();
        Security.insertProviderAt(provider, 1);
        try {
            CountingDigest.hashed = 0;
            assertAllPass(verify(mail));
            // Relaxed, each line has two spaces less.
            long relaxed = (long) BODY / Mail.LINE.length * (Mail.LINE.length - 2);
            long wanted = relaxed + (canonicalizations - 1) * (mail.size() - mail.header.length);
            assertTrue(CountingDigest.hashed >= wanted, () -> CountingDigest.hashed + " of " + wanted);
            assertTrue(CountingDigest.hashed < wanted + REST, () -> CountingDigest.hashed + " of " + wanted);
            assertEquals(mail.size(), mail.read);
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @ParameterizedTest
    @EnumSource(Canonicalization.class)
    void verificationAllocatesNothingForTheBodysSize(Canonicalization other) throws Exception {
        Mail mail = signed(other);
        verify(mail);
        long allocated = allocatedBy(() -> verify(mail));
        assertTrue(allocated < BODY / 20, () -> allocated + " octets");
    }

    @Test
    void aFeedAllocatesNothingForTheBodysSize() throws Exception {
        Mail mail = signed(Canonicalization.SIMPLE);
        byte[] piece = new byte[16384];
        Callable<List<DkimOutcome>> feed = () -> {
            SignedMessageFeed message = new SignedMessageFeed(DkimLimits.DEFAULT);
            long at = 0;
            while (at < mail.size()) {
                int count = mail.read(at, piece, 0, piece.length);
                message.feed(piece, 0, count);
                at += count;
            }
            return new DkimVerifier(Signed.dns(), Signed.CLOCK).verify(message.finish());
        };
        assertAllPass(feed.call());
        long allocated = allocatedBy(feed);
        assertTrue(allocated < BODY / 20, () -> allocated + " octets");
    }

    /** What this thread allocates meanwhile; by reflection, since the module under test doesn't read the JDK's that tells it. */
    private static long allocatedBy(Callable<?> work) throws Exception {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        long before = (long) allocated.invoke(threads);
        work.call();
        return (long) allocated.invoke(threads) - before;
    }
}
