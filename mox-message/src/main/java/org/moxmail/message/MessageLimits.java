package org.moxmail.message;

/**
 * What a parse spends on one message at most. Beyond a limit the parse goes on with less detail and notes a
 * {@link Defect}; it never fails. No RFC sets these: MIME has no limits of its own (RFC 2049 names none), so they are ours,
 * far above what real mail has, and such that the result stays within some MiB whatever was sent.
 *
 * @param depth multiparts and embedded messages in one another; a deeper one is left unopened. Real mail stays below 20
 * @param parts entities in all, the message included; further ones are passed over
 * @param headerBytes octets of one entity's header that are read; the rest of the header is passed over. Large MTAs
 *     refuse headers beyond 100 kB to 1 MB
 * @param allHeaderBytes octets of all entities' headers together that are read
 * @param boundaryBytes octets of a boundary; RFC 2046 §5.1.1 allows 70, broken composers exceed it. A multipart with a
 *     longer one is left unopened
 * @param items addresses, parameters and language tags kept, in all
 */
public record MessageLimits(int depth, int parts, int headerBytes, long allHeaderBytes, int boundaryBytes, int items) {
    /** For mail from anywhere. */
    public static final MessageLimits DEFAULT = new MessageLimits(100, 10_000, 1 << 20, 4 << 20, 500, 20_000);

    public MessageLimits {
        if (depth < 0 || parts < 1 || headerBytes < 0 || allHeaderBytes < 0 || boundaryBytes < 1 || items < 0) {
            throw new IllegalArgumentException("a limit below its least value");
        }
    }
}
