package org.moxmail.sasl;

import java.util.Arrays;

/**
 * What a server keeps of a password for CRAM-MD5 (RFC 2195): the two intermediate states of HMAC-MD5 (RFC 2104) after the
 * key, as RFC 2195 §3 suggests. It isn't the password, but suffices to log in with CRAM-MD5, so guard it as one. Immutable.
 */
public final class CramSecret {
    private static final byte FORMAT = 1;
    private static final int STORED_OCTETS = 1 + 2 * Md5State.OCTETS;

    private final byte[] stored;

    private CramSecret(byte[] stored) {
        this.stored = stored;
    }

    /** Derives the secret of a password, prepared as OpaqueString. */
    public static CramSecret derive(char[] password) {
        return derive(password, PasswordPreparation.OPAQUE_STRING);
    }

    /**
     * Derives the secret of a password.
     *
     * @param preparation a password that it disallows is used as it is
     */
    public static CramSecret derive(char[] password, PasswordPreparation preparation) {
        char[] prepared = preparation.prepare(password);
        byte[] key = Octets.utf8(prepared);
        Octets.wipe(prepared);
        if (key.length > Md5State.BLOCK_OCTETS) {
            byte[] hashed = new Md5State().finish(key);
            Octets.wipe(key);
            key = hashed;
        }
        byte[] stored = new byte[STORED_OCTETS];
        stored[0] = FORMAT;
        System.arraycopy(absorbed(key, 0x36), 0, stored, 1, Md5State.OCTETS);
        System.arraycopy(absorbed(key, 0x5c), 0, stored, 1 + Md5State.OCTETS, Md5State.OCTETS);
        Octets.wipe(key);
        return new CramSecret(stored);
    }

    private static byte[] absorbed(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, Md5State.BLOCK_OCTETS);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) pad;
        }
        Md5State state = new Md5State();
        state.block(block, 0);
        Octets.wipe(block);
        return state.toBytes();
    }

    /** HMAC-MD5 of a challenge. */
    byte[] digest(byte[] challenge) {
        byte[] inner = Md5State.of(stored, 1, 1).finish(challenge);
        return Md5State.of(stored, 1 + Md5State.OCTETS, 1).finish(inner);
    }

    /** The stored form: format, inner state, outer state; 33 octets. Stable; contains secrets. */
    public byte[] toBytes() {
        return stored.clone();
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException when it isn't one
     */
    public static CramSecret fromBytes(byte[] stored) {
        if (stored.length != STORED_OCTETS || stored[0] != FORMAT) {
            throw new IllegalArgumentException("not a stored CRAM-MD5 secret");
        }
        return new CramSecret(stored.clone());
    }

    /** Tells nothing secret. */
    @Override
    public String toString() {
        return "CramSecret";
    }
}
