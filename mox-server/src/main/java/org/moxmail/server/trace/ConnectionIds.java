package org.moxmail.server.trace;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers connections. Safe for many threads. */
public final class ConnectionIds {
    private final AtomicLong next;

    /** @param startMillis when the server started, so that numbers don't repeat over restarts */
    public ConnectionIds(long startMillis) {
        next = new AtomicLong(startMillis);
    }

    /** A number that no other connection has. */
    public long next() {
        return next.getAndIncrement();
    }

    /** A number as logs have it. */
    public static String print(long id) {
        return Long.toHexString(id);
    }
}
