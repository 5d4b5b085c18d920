package org.moxmail.message.dsn;

/**
 * What is read of a notification at most. No RFC sets these, so they are ours, far above what is seen; a notification
 * beyond one of them is refused.
 *
 * @param statusBytes octets of the part with the delivery status, decoded
 * @param recipients groups of per-recipient fields
 * @param fields fields of one group
 * @param headerBytes octets of the returned header; what is beyond is passed over
 */
public record DsnLimits(int statusBytes, int recipients, int fields, int headerBytes) {
    /** Mail servers take some hundred to some thousand recipients for one message. */
    public static final DsnLimits DEFAULT = new DsnLimits(4 << 20, 10_000, 200, 1 << 20);

    public DsnLimits {
        if (statusBytes < 1 || recipients < 1 || fields < 1 || headerBytes < 0) {
            throw new IllegalArgumentException("a limit below its least value");
        }
    }
}
