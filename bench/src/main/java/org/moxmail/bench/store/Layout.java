package org.moxmail.bench.store;

import java.io.IOException;
import java.nio.file.Path;

/** A way to keep message octets, as small as it can be and still pay every cost that the real one would. */
interface Layout extends AutoCloseable {
    String name();

    /** Keeps a message; durable on return. Called by many threads. */
    void deliver(long id, byte[] octets) throws IOException;

    /** Forgets a message. */
    void delete(long id) throws IOException;

    /** Gives back what deleting freed, as far as this layout can. */
    void reclaim() throws IOException;

    /** Copies everything, sharing octets with the original where possible. */
    void backup(Path target) throws IOException;

    @Override
    void close() throws IOException;
}
