package org.moxmail.store;

import java.io.IOException;

/** The data directory can't be used: another process has it, or it can't be written. The message is one line. */
public final class DataDirectoryException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }

    public DataDirectoryException(String message) {
        super(message);
    }
}
