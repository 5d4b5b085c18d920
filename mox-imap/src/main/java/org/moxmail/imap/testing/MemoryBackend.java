package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ImapLogin;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapService;
import org.moxmail.time.Timing;

/**
 * Mail that lives in memory: the example of the engine's interfaces, a test double, and what fuzzing runs against. Users
 * log in with PLAIN. A new account has Inbox and the mailboxes Archive, Drafts, Junk, Sent and Trash with their special
 * uses, all subscribed. Safe for many threads.
 */
public final class MemoryBackend implements ImapService {
    private record User(String password, MemoryAccount account) {}

    private final Timing timing;
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile boolean plaintextRefused;

    public MemoryBackend(Timing timing) {
        this.timing = timing;
    }

    /** Adds a user with a fresh account. */
    public MemoryBackend user(String name, String password) {
        MemoryAccount account = new MemoryAccount(timing);
        try {
            account.furnish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        users.put(name, new User(password, account));
        return this;
    }

    /** Opens a session on a user's mail, without a password. The caller closes it. */
    public AccountMail mail(String user) {
        return new MemoryMail(account(user));
    }

    /** Limits the octets of a user's messages. */
    public void quota(String user, long octets) {
        account(user).quota(octets);
    }

    /** Runs each write's work twice, the first time for nothing, as {@link AccountMail#write} allows. */
    public void rerunWrites(String user, boolean on) {
        account(user).rerun(on);
    }

    /** Refuses every mechanism on connections without TLS. */
    public void refusePlaintext(boolean on) {
        plaintextRefused = on;
    }

    /** Sessions, cursors, message contents, spools and logins that are open. */
    public int openHandles() {
        int sum = logins.get();
        for (User user : users.values()) {
            sum += user.account().handles().get();
        }
        return sum;
    }

    @Override
    public ImapLogin open(ImapPeer peer) {
        logins.incrementAndGet();
        return new MemoryLogin(this);
    }

    void loginClosed() {
        logins.decrementAndGet();
    }

    boolean plaintextRefused() {
        return plaintextRefused;
    }

    boolean passwordMatches(String name, String password) {
        User user = users.get(name);
        return user != null && user.password().equals(password);
    }

    @Nullable
    MemoryAccount find(String name) {
        User user = users.get(name);
        return user == null ? null : user.account();
    }

    private MemoryAccount account(String name) {
        MemoryAccount account = find(name);
        if (account == null) {
            throw new IllegalArgumentException("no user " + name);
        }
        return account;
    }
}
