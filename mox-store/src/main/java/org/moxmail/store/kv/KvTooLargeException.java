package org.moxmail.store.kv;

/** A write passed {@link KvStore#MAX_WRITE} or {@link KvStore#MAX_TIME}. Nothing of it happened; smaller ones succeed. */
public final class KvTooLargeException extends KvException {
    private static final long serialVersionUID = 1L;

    public KvTooLargeException(String message) {
        super(message);
    }
}
