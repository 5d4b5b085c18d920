package org.moxmail.store;

/**
 * An account or the store can't serve: damaged, closed, or on a disk that fails. A write that ended with this didn't
 * happen; what was acknowledged before is safe. When the disk works again, so does the account.
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
