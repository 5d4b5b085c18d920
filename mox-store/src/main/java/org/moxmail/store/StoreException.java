package org.moxmail.store;

/**
 * An account or the store can't serve: damaged, read-only after a failed commit, or closed. What was acknowledged before
 * is safe; closing every handle and opening the account again is the recovery.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
