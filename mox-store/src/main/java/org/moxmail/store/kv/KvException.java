package org.moxmail.store.kv;

/** The key-value store can't do what it is asked: closed, damaged, or a commit failed. */
public class KvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KvException(String message) {
        super(message);
    }

    public KvException(String message, Throwable cause) {
        super(message, cause);
    }
}
