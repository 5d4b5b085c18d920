package org.moxmail.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Invents stored secrets for users that don't exist, always the same for a name, so that a SCRAM or CRAM-MD5 exchange with
 * an unknown user looks like any other until its end. Safe for many threads.
 */
public final class UnknownUsers {
    private final byte[] key;
    private final int sha1Iterations;
    private final int sha256Iterations;

    /** With the default iterations. @see #UnknownUsers(byte[], int, int) */
    public UnknownUsers(byte[] key) {
        this(key, ScramHash.SHA_1.defaultIterations(), ScramHash.SHA_256.defaultIterations());
    }

    /**
     * Iterations should be those of the existing users' secrets, or they give the unknown away.
     *
     * @param key a secret of the server, at least 16 random octets, that stays the same over restarts
     */
    public UnknownUsers(byte[] key, int sha1Iterations, int sha256Iterations) {
        if (key.length < 16) {
            throw new IllegalArgumentException("key shorter than 16 octets");
        }
        this.key = key.clone();
        this.sha1Iterations = sha1Iterations;
        this.sha256Iterations = sha256Iterations;
    }

    ScramSecret scram(ScramHash hash, String user) {
        int iterations = hash == ScramHash.SHA_1 ? sha1Iterations : sha256Iterations;
        return new ScramSecret(
                hash,
                Arrays.copyOf(invent("salt", hash.algorithm(), user), ScramSecret.SALT_OCTETS),
                iterations,
                Arrays.copyOf(invent("stored key", hash.algorithm(), user), hash.octets()),
                Arrays.copyOf(invent("server key", hash.algorithm(), user), hash.octets()));
    }

    CramSecret cram(String user) {
        byte[] invented = invent("cram", "MD5", user);
        byte[] stored = new byte[33];
        stored[0] = 1;
        System.arraycopy(invented, 0, stored, 1, 32);
        return CramSecret.fromBytes(stored);
    }

    private byte[] invent(String purpose, String hash, String user) {
        String text = purpose + '\0' + hash + '\0' + user;
        return Octets.hmac(ScramHash.SHA_256, key, text.getBytes(StandardCharsets.UTF_8));
    }
}
