package org.moxmail.sasl;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.Mac;

/**
 * What a server keeps of a password for SCRAM (RFC 5802 §5.1): salt, iteration count, StoredKey and ServerKey. Enough to
 * check a proof, not enough to make one. Immutable.
 */
public final class ScramSecret {
    /** Octets of a new salt. */
    public static final int SALT_OCTETS = 16;

    /** Most iterations that a stored secret may have. */
    private static final int MAX_ITERATIONS = 100_000_000;

    private static final byte FORMAT = 1;

    private final ScramHash hash;
    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramSecret(ScramHash hash, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        if (salt.length == 0 || salt.length > 255 || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("salt or iterations out of range");
        }
        if (storedKey.length != hash.octets() || serverKey.length != hash.octets()) {
            throw new IllegalArgumentException("key of another length than the hash");
        }
        this.hash = hash;
        this.salt = salt.clone();
        this.iterations = iterations;
        this.storedKey = storedKey.clone();
        this.serverKey = serverKey.clone();
    }

    /** Derives the secret of a new password, prepared as OpaqueString, with a new salt and the hash's default iterations. */
    public static ScramSecret derive(ScramHash hash, char[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return derive(hash, password, PasswordPreparation.OPAQUE_STRING, salt, hash.defaultIterations());
    }

    /**
     * Derives the secret of a password.
     *
     * @param preparation a password that it disallows is used as it is
     * @param salt 1 to 255 octets
     * @param iterations at least 1
     */
    public static ScramSecret derive(
            ScramHash hash, char[] password, PasswordPreparation preparation, byte[] salt, int iterations) {
        byte[] salted = saltedPassword(hash, password, preparation, salt, iterations);
        byte[] clientKey = Octets.hmac(hash, salted, Octets.utf8("Client Key"));
        byte[] serverKey = Octets.hmac(hash, salted, Octets.utf8("Server Key"));
        byte[] storedKey = Octets.hash(hash.algorithm(), clientKey);
        Octets.wipe(salted);
        Octets.wipe(clientKey);
        return new ScramSecret(hash, salt, iterations, storedKey, serverKey);
    }

    /** {@code Hi(Normalize(password), salt, i)}, RFC 5802 §2.2: PBKDF2 with one block. */
    static byte[] saltedPassword(
            ScramHash hash, char[] password, PasswordPreparation preparation, byte[] salt, int iterations) {
        char[] prepared = preparation.prepare(password);
        byte[] key = Octets.utf8(prepared);
        Octets.wipe(prepared);
        Mac mac = Octets.mac(hash, key);
        Octets.wipe(key);
        mac.update(salt);
        byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = round.clone();
        for (int i = 1; i < iterations; i++) {
            round = mac.doFinal(round);
            for (int j = 0; j < result.length; j++) {
                result[j] ^= round[j];
            }
        }
        return result;
    }

    /** The stored form: format, hash, iterations (4), salt length, salt, StoredKey, ServerKey. Stable; contains secrets. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(7 + salt.length + 2 * hash.octets())
                .put(FORMAT)
                .put((byte) (hash == ScramHash.SHA_1 ? 1 : 2))
                .putInt(iterations)
                .put((byte) salt.length)
                .put(salt)
                .put(storedKey)
                .put(serverKey)
                .array();
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException when it isn't one
     */
    public static ScramSecret fromBytes(byte[] stored) {
        if (stored.length < 8 || stored[0] != FORMAT || stored[1] < 1 || stored[1] > 2) {
            throw new IllegalArgumentException("not a stored SCRAM secret");
        }
        ScramHash hash = stored[1] == 1 ? ScramHash.SHA_1 : ScramHash.SHA_256;
        ByteBuffer in = ByteBuffer.wrap(stored, 2, stored.length - 2);
        int iterations = in.getInt();
        byte[] salt = new byte[in.get() & 0xff];
        if (in.remaining() != salt.length + 2 * hash.octets()) {
            throw new IllegalArgumentException("stored SCRAM secret of a wrong length");
        }
        byte[] storedKey = new byte[hash.octets()];
        byte[] serverKey = new byte[hash.octets()];
        in.get(salt).get(storedKey).get(serverKey);
        return new ScramSecret(hash, salt, iterations, storedKey, serverKey);
    }

    /** The hash it is for. */
    public ScramHash hash() {
        return hash;
    }

    /** Iterations of the password's derivation. */
    public int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] storedKey() {
        return storedKey.clone();
    }

    byte[] serverKey() {
        return serverKey.clone();
    }

    /** Tells nothing secret. */
    @Override
    public String toString() {
        return "ScramSecret[" + hash.algorithm() + ", " + iterations + " iterations]";
    }
}
