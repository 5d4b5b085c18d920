package org.moxmail.server.boot;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the machine allows this process.
 *
 * @param descriptors files and sockets that may be open
 * @param heapBytes that objects may take
 */
record Capacity(long descriptors, long heapBytes) {
    /** For jars, accounts and messages, which must be able to go on when clients take what they can. */
    private static final long MIN_RESERVED_DESCRIPTORS = 100;
    /** What a connection takes that waits for its peer; the other half of the heap is for those that are busy. */
    private static final long BYTES_PER_CONNECTION = 80 << 10;

    /** Of this process. */
    static Capacity ours() {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        return new Capacity(descriptors, Runtime.getRuntime().maxMemory());
    }

    /** How many connections are affordable, of those that are wished for; one at least. */
    int connections(int wished) {
        long reserved = Math.max(MIN_RESERVED_DESCRIPTORS, descriptors / 4);
        long affordable = Math.min(descriptors - reserved, heapBytes / 2 / BYTES_PER_CONNECTION);
        return (int) Math.max(1, Math.min(wished, affordable));
    }
}
