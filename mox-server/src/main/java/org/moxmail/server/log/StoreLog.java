package org.moxmail.server.log;

import org.moxmail.store.StoreEvents;

/** Logs what happens in the store. */
public final class StoreLog implements StoreEvents {
    private final Log log;

    public StoreLog(Log log) {
        this.log = log;
    }

    @Override
    public void unavailable(String account, Throwable cause) {
        log.error("account is unavailable until it is opened again", cause, "account", account);
    }

    @Override
    public void backgroundFailed(String account, Throwable cause) {
        log.error("work in the background failed and is tried again at the next opening", cause, "account", account);
    }
}
