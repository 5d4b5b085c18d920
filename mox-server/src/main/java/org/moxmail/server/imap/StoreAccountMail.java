package org.moxmail.server.imap;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.store.Account;
import org.moxmail.store.StorageFullException;
import org.moxmail.store.StoreException;

/**
 * One session's mail, on its handle of the account. A store that can't serve is an IOException here, so that the client
 * hears of mail that isn't available rather than of a defect.
 */
public final class StoreAccountMail implements AccountMail {
    private final Account account;
    private final Set<StoreCursor> cursors = ConcurrentHashMap.newKeySet();

    /** @param account closed with this */
    public StoreAccountMail(Account account) {
        this.account = account;
    }

    @Override
    public <T> T read(ReadWork<T> work) throws IOException {
        try {
            return account.read(view -> work.run(new StoreReadView(view, acknowledged())));
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public <T> T write(WriteWork<T> work) throws IOException {
        try {
            return account.write(view -> work.run(new StoreWriteView(view, acknowledged())));
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public ChangeCursor changes() {
        StoreCursor cursor = new StoreCursor(account.changes(), cursors::remove);
        cursors.add(cursor);
        return cursor;
    }

    /** Up to where every cursor of the session has let go of removed messages; without one there is nothing to hold on to. */
    private long acknowledged() {
        return cursors.stream().mapToLong(StoreCursor::acknowledged).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public MessageContent content(long messageId) throws IOException {
        try {
            return account.content(messageId);
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Spool spool() throws IOException {
        try {
            return account.spool();
        } catch (StoreException e) {
            throw new IOException(e);
        }
    }

    @Override
    public boolean isFull(IOException failure) {
        return StorageFullException.causes(failure);
    }

    @Override
    public long appendLimit() {
        return account.appendLimit();
    }

    @Override
    public void close() {
        account.close();
    }
}
