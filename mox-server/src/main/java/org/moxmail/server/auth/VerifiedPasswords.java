package org.moxmail.server.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.moxmail.time.Timing;

/**
 * Passwords that were right a moment ago, so that a client which logs in for every message doesn't cost a hash each time.
 *
 * <p>What is kept are neither passwords nor hashes but HMACs of both together under a random key of this process. With
 * another stored hash, as after a change of the password, nothing that is remembered fits any more; and nobody who doesn't
 * know the key can choose guesses by how long a look-up takes. Wrong passwords leave no trace. Whoever can read this
 * process' memory can try passwords of the last minutes cheaply, and could as well wait for the next login. Safe for many
 * threads.
 */
final class VerifiedPasswords {
    private static final int ENTRIES = 10_000;
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final String HMAC = "HmacSHA256";

    private final Timing timing;
    private final SecretKeySpec key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, Long> until = new LinkedHashMap<>();

    VerifiedPasswords(Timing timing, SecureRandom random) {
        this.timing = timing;
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        key = new SecretKeySpec(octets, HMAC);
    }

    boolean contains(byte[] stored, byte[] password) {
        ByteBuffer entry = entry(stored, password);
        lock.lock();
        try {
            Long end = until.get(entry);
            if (end != null && end - timing.nanoTime() <= 0) {
                until.remove(entry);
                return false;
            }
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    void add(byte[] stored, byte[] password) {
        ByteBuffer entry = entry(stored, password);
        lock.lock();
        try {
            until.remove(entry);
            if (until.size() >= ENTRIES) {
                until.remove(until.keySet().iterator().next());
            }
            until.put(entry, timing.nanoTime() + VALID.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer entry(byte[] stored, byte[] password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(stored.length).array());
            mac.update(stored);
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + HMAC, e);
        }
    }
}
