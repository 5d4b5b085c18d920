package org.moxmail.message;

/** The binary form of a {@link Part} tree, for storage. */
public final class PartCodec {
    private PartCodec() {}

    /** Writes. */
    public static byte[] encode(Part part) { throw new UnsupportedOperationException(); }

    /** Reads. */
    public static Part decode(byte[] octets) throws CorruptPartException { throw new UnsupportedOperationException(); }
}
