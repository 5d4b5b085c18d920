package org.moxmail.imap.server;

import java.io.IOException;

/** The peer was silent, or too slow, for too long. */
final class PeerTimeoutException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerTimeoutException() {
        super("the peer took too long");
    }
}
