package org.moxmail.server.boot;

/** One connection that is served. */
interface ConnectionHandler {
    /** Serves it to its end, on the caller's thread. Called once. */
    void run() throws InterruptedException;

    /** Whether the peer has done what programs that mean to talk do first, so that it is to be kept. Any thread. */
    boolean isEstablished();

    /** Ends it as soon as the peer could be told; may wait for the peer to take that. Any thread. */
    void shutDown();

    /** Ends it whatever it is doing. Any thread. */
    void close();
}
