package org.moxmail.bench.load;

import java.io.IOException;

/** A client that does the same thing again and again. For one thread. */
public interface Worker extends AutoCloseable {
    /** Does it, and returns when the server has acknowledged it. */
    void once() throws IOException;

    @Override
    void close() throws IOException;

    /** Makes clients. */
    @FunctionalInterface
    interface Source {
        /** @param number of the client, from 0 */
        Worker open(int number) throws IOException;
    }
}
