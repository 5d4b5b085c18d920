package org.moxmail.server.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.sasl.CramSecret;
import org.moxmail.sasl.PasswordPreparation;
import org.moxmail.sasl.PreparationException;
import org.moxmail.sasl.ScramHash;
import org.moxmail.sasl.ScramSecret;
import org.moxmail.store.Secret;
import org.moxmail.store.SecretKind;
import org.moxmail.time.Timing;

/** Derives what is stored of a password, and checks passwords against it. Safe for many threads. */
final class Passwords {
    private static final int SASL_FORMAT = 1;
    /** Sets of users of each of which one password is hashed at a time. */
    private static final int SETS = 64;

    private final PasswordSettings settings;
    private final SecureRandom random;
    private final Turns hashing;
    /** Turns at checking a password of users of one set, to be had before those at hashing. */
    private final Turns[] checking = new Turns[SETS];

    private final VerifiedPasswords verified;
    private final PasswordHash nobody;

    Passwords(PasswordSettings settings, Timing timing, SecureRandom random) {
        this(settings, new Turns(settings.atOnce(), settings.patience(), timing), timing, random);
    }

    /** @param hashing turns at hashing */
    Passwords(PasswordSettings settings, Turns hashing, Timing timing, SecureRandom random) {
        this.settings = settings;
        this.random = random;
        this.hashing = hashing;
        for (int i = 0; i < SETS; i++) {
            checking[i] = new Turns(1, settings.patience(), timing);
        }
        verified = new VerifiedPasswords(timing, random);
        nobody = PasswordHash.unmatchable(settings, random);
    }

    /**
     * Everything that logins need of a new password.
     *
     * @throws PreparationException when it has characters that passwords can't have, RFC 8265 §4.2
     * @throws IllegalArgumentException when it is too short
     */
    List<Secret> derive(char[] password) throws PreparationException, IOException {
        char[] prepared = PasswordPreparation.OPAQUE_STRING.enforce(password);
        byte[] octets = utf8(prepared);
        try {
            if (octets.length < settings.shortest()) {
                throw new IllegalArgumentException("a password of fewer than " + settings.shortest() + " octets");
            }
            hashing.acquire();
            try {
                return List.of(
                        PasswordHash.of(octets, settings, random).toSecret(),
                        scram(SecretKind.SCRAM_SHA_1, ScramHash.SHA_1, password),
                        scram(SecretKind.SCRAM_SHA_256, ScramHash.SHA_256, password),
                        new Secret(
                                SecretKind.CRAM_MD5,
                                SASL_FORMAT,
                                CramSecret.derive(password).toBytes()));
            } finally {
                hashing.release();
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(prepared, '\0');
        }
    }

    private Secret scram(SecretKind kind, ScramHash hash, char[] password) {
        return new Secret(
                kind, SASL_FORMAT, ScramSecret.derive(hash, password, random).toBytes());
    }

    /**
     * Whether a password is the one whose hash is stored.
     *
     * @param stored null when there is none: takes as long, and is false
     * @throws IOException when too many others are being checked
     */
    boolean verify(char[] password, @Nullable Secret stored) throws IOException {
        char[] prepared = PasswordPreparation.OPAQUE_STRING.prepare(password);
        byte[] octets = utf8(prepared);
        try {
            return isVerified(octets, stored) || matchesInTurn(octets, stored);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(prepared, '\0');
        }
    }

    private boolean isVerified(byte[] password, @Nullable Secret stored) {
        return stored != null && verified.contains(stored.octets(), password);
    }

    private boolean matchesInTurn(byte[] password, @Nullable Secret stored) throws IOException {
        if (stored == null) {
            return matches(password, null);
        }
        // A client often comes with several connections at once: once the first is through, the others needn't wait.
        // Nothing is hashed twice, which takes tens of megabytes each time.
        Turns turns = checking[Math.floorMod(Arrays.hashCode(stored.octets()), SETS)];
        turns.acquire();
        try {
            return isVerified(password, stored) || matches(password, stored);
        } finally {
            turns.release();
        }
    }

    private boolean matches(byte[] password, @Nullable Secret stored) throws IOException {
        hashing.acquire();
        try {
            boolean matches = (stored == null ? nobody : PasswordHash.read(stored)).matches(password);
            if (stored == null || !matches) {
                return false;
            }
            verified.add(stored.octets(), password);
            return true;
        } finally {
            hashing.release();
        }
    }

    /** A password in characters that are no text is hashed with replacements: it matches nothing that could be set. */
    private static byte[] utf8(char[] text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] octets = new byte[encoded.remaining()];
        encoded.get(octets);
        encoded.clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return octets;
    }
}
