package org.moxmail.store;

/** What the store tells a metrics or alerting collaborator. Calls come from the store's threads and must not block. */
public interface StoreEvents {
    /** Listens to nothing. */
    StoreEvents NONE = new StoreEvents() {};

    /** A commit carried {@code writes} writes. One sync of the disk happened. */
    default void committed(String account, int writes) {}

    /** An account refuses everything until it was closed and opened again. */
    default void unavailable(String account, Throwable cause) {}

    /** Work in the background (erasing octets, purging a deleted mailbox) failed and will be tried at the next opening. */
    default void backgroundFailed(String account, Throwable cause) {}
}
