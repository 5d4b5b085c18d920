package org.moxmail.imap.server;

/** What an application gives the engine: who may come in, and their mail. Safe for many threads. */
public interface ImapService {
    /**
     * A connection was admitted; the greeting is still to come. The engine closes what it gets when the connection ends.
     */
    ImapLogin open(ImapPeer peer);
}
