package org.moxmail.server.boot;

/** The server can't start; the message is one line that tells an operator what to do something about. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
