package org.moxmail.store.kv;

/** A view that also changes tables. A cursor that is open while something is changed is dead. */
public interface KvWrite extends KvRead {
    /**
     * Sets a key's value.
     *
     * @throws IllegalArgumentException for a key or value out of bounds
     * @throws KvTooLargeException when the write as a whole passes {@link KvStore#MAX_WRITE}
     */
    void put(int table, byte[] key, byte[] value);

    /** Removes a key; false when it wasn't there. */
    boolean delete(int table, byte[] key);

    /** Octets put and deleted so far, out of {@link KvStore#MAX_WRITE}. */
    long written();
}
