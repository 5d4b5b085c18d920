package org.moxmail.imap.server;

import java.io.IOException;

/** The peer or the way to it failed, as opposed to the account's mail: the connection ends. */
final class PeerException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
