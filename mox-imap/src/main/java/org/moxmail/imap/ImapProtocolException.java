package org.moxmail.imap;

import java.io.IOException;

/** A server sent what no server may send, or more than the limits allow: the connection is of no use any more. */
public final class ImapProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImapProtocolException(String message) {
        super(message);
    }
}
