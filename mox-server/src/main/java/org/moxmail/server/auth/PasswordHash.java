package org.moxmail.server.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.moxmail.store.Secret;
import org.moxmail.store.SecretKind;

/**
 * An Argon2id hash (RFC 9106 §3.1) with what is needed to compute it again. Stored as: memory in KiB (4), iterations (1),
 * salt length (1), salt, hash.
 */
final class PasswordHash {
    static final int FORMAT = 1;
    private static final int SALT = 16;
    private static final int HASH = 32;

    private final int memoryKibibytes;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int memoryKibibytes, int iterations, byte[] salt, byte[] hash) {
        this.memoryKibibytes = memoryKibibytes;
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** @param password prepared, in UTF-8 */
    static PasswordHash of(byte[] password, PasswordSettings settings, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] hash = compute(password, settings.memoryKibibytes(), settings.iterations(), salt);
        return new PasswordHash(settings.memoryKibibytes(), settings.iterations(), salt, hash);
    }

    /** One that no password matches, which takes as long to find out as with any other. */
    static PasswordHash unmatchable(PasswordSettings settings, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] hash = new byte[HASH];
        random.nextBytes(hash);
        return new PasswordHash(settings.memoryKibibytes(), settings.iterations(), salt, hash);
    }

    static PasswordHash read(Secret stored) {
        if (stored.format() != FORMAT) {
            throw new IllegalArgumentException("a password hash of format " + stored.format());
        }
        ByteBuffer in = ByteBuffer.wrap(stored.octets());
        int memory = in.getInt();
        int iterations = in.get() & 0xff;
        byte[] salt = new byte[in.get() & 0xff];
        in.get(salt);
        byte[] hash = new byte[in.remaining()];
        in.get(hash);
        return new PasswordHash(memory, iterations, salt, hash);
    }

    Secret toSecret() {
        byte[] octets = ByteBuffer.allocate(6 + salt.length + hash.length)
                .putInt(memoryKibibytes)
                .put((byte) iterations)
                .put((byte) salt.length)
                .put(salt)
                .put(hash)
                .array();
        return new Secret(SecretKind.ARGON2ID, FORMAT, octets);
    }

    /** Whether it is the hash of a password. Takes as long whether it is or not. */
    boolean matches(byte[] password) {
        return MessageDigest.isEqual(hash, compute(password, memoryKibibytes, iterations, salt));
    }

    private static byte[] compute(byte[] password, int memoryKibibytes, int iterations, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKibibytes)
                .withIterations(iterations)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH];
        generator.generateBytes(password, hash);
        return hash;
    }
}
