package org.moxmail.server.imap;

import org.moxmail.imap.server.ImapLogin;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapService;
import org.moxmail.server.auth.Authenticator;
import org.moxmail.server.auth.LoginPeer;
import org.moxmail.store.Store;

/** Lets users at their mail in the store. Safe for many threads. */
public final class StoreBackend implements ImapService {
    private final Authenticator authenticator;
    private final boolean plaintextPasswords;
    private final Store store;

    /** @param plaintextPasswords whether a password may be sent without TLS */
    public StoreBackend(Authenticator authenticator, boolean plaintextPasswords, Store store) {
        this.authenticator = authenticator;
        this.plaintextPasswords = plaintextPasswords;
        this.store = store;
    }

    @Override
    public ImapLogin open(ImapPeer peer) {
        LoginPeer who = new LoginPeer(peer.id(), peer.remote().getAddress(), "imap");
        return new StoreLogin(authenticator.exchanges(who, plaintextPasswords), store);
    }
}
