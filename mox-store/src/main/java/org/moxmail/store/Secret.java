package org.moxmail.store;

import java.util.Arrays;

/**
 * A secret as the server derived it: opaque octets of a kind. Its text form shows nothing of it.
 */
public final class Secret {
    private final SecretKind kind;
    private final int format;
    private final byte[] octets;

    /**
     * @param format the server's own number for how the octets are laid out, 0 to 255
     * @param octets copied
     */
    public Secret(SecretKind kind, int format, byte[] octets) {
        if (format < 0 || format > 255) {
            throw new IllegalArgumentException("format " + format);
        }
        this.kind = kind;
        this.format = format;
        this.octets = octets.clone();
    }

    public SecretKind kind() {
        return kind;
    }

    public int format() {
        return format;
    }

    /** A copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && kind == that.kind
                && format == that.format
                && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + format) + Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "Secret[" + kind + "]";
    }
}
