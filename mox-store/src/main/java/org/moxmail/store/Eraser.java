package org.moxmail.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * Erases what was removed, once no listener can read it any more, in steps that each are a write of its own.
 *
 * <p>Order: the removal commits first, with a row that says what is to be erased. When every cursor has acknowledged it,
 * a step forgets the message and lowers the count of those who share its octets; when that was the last, octets in rows
 * go in the same write, and a file is entered among the doomed. Doomed files are deleted after that commit, and the next
 * step takes them off the list. A crash between any two of these leaves rows from which the next opening goes on.
 *
 * <p>Runs on a thread that lives while there is something to do.
 */
final class Eraser {
    static final int BATCH = 200;

    private final OpenAccount account;
    private final StoreOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean running;
    private boolean again;
    private int pauses;
    private boolean stopped;

    Eraser(OpenAccount account, StoreOptions options) {
        this.account = account;
        this.options = options;
    }

    /** There may be something to erase. Never blocks. */
    void start() {
        lock.lock();
        try {
            if (stopped || pauses > 0) {
                again = true;
            } else if (running) {
                again = true;
            } else {
                running = true;
                again = false;
                options.threads().newThread(this::run).start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            try {
                boolean more = true;
                while (more && !isHeld()) {
                    more = step();
                }
            } catch (IOException | RuntimeException e) {
                options.events().backgroundFailed(account.name(), e);
            }
            lock.lock();
            try {
                if (!again || stopped || pauses > 0) {
                    running = false;
                    ended.signalAll();
                    return;
                }
                again = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isHeld() {
        lock.lock();
        try {
            return stopped || pauses > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the present step and begins no other until {@link #resume}. */
    void pause() {
        lock.lock();
        try {
            pauses++;
            awaitEnd();
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            pauses--;
        } finally {
            lock.unlock();
        }
        start();
    }

    /** Waits for the present step; none follows. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            awaitEnd();
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd() {
        while (running) {
            ended.awaitUninterruptibly();
        }
    }

    /** Erases a batch; false when there is nothing more to do now. */
    private boolean step() throws IOException {
        long lastRemoval = account.feed().lastRemoval();
        long upTo = account.feed().releasedUpTo();
        List<Long> doomed = doomed();
        Set<Path> directories = new HashSet<>();
        for (long bytesId : doomed) {
            account.bytes().files().delete(account.bytes().file(bytesId));
            directories.add(account.bytes().directory(bytesId));
        }
        // Before the rows go that would have the files deleted again after a power cut.
        for (Path directory : directories) {
            account.bytes().files().syncDirectory(directory);
        }
        if (doomed.isEmpty() && !account.read(tx -> pending(tx.kv(), upTo))) {
            if (upTo >= lastRemoval) {
                account.feed().erased(lastRemoval);
            }
            return false;
        }
        account.background(tx -> {
            doomed.forEach(bytesId ->
                    tx.writeKv().delete(Tables.DOOMED, Key.of(bytesId).octets()));
            int left = BATCH - RemovedRows.erase(tx.writeKv(), upTo, BATCH);
            left -= eraseMessages(tx, upTo, left);
            if (left > 0) {
                purgeMailbox(tx, upTo, left);
            }
            return left;
        });
        return true;
    }

    private List<Long> doomed() throws IOException {
        return account.read(tx -> {
            List<Long> ids = new ArrayList<>();
            try (KvCursor cursor = tx.kv().ascend(Tables.DOOMED, Key.EMPTY.octets(), null)) {
                while (ids.size() < BATCH && cursor.next()) {
                    ids.add(new RowReader(cursor.key()).u64());
                }
            }
            return ids;
        });
    }

    /** A removal: by which write, and of which message or mailbox. */
    private record Removal(long modSeq, long id) {}

    private static boolean pending(KvRead kv, long upTo) {
        return !removals(kv, Tables.ERASE, upTo, 1).isEmpty()
                || !removals(kv, Tables.PURGES, upTo, 1).isEmpty()
                || RemovedRows.pending(kv, upTo);
    }

    private static List<Removal> removals(KvRead kv, int table, long upTo, int most) {
        List<Removal> removals = new ArrayList<>();
        try (KvCursor cursor = kv.ascend(table, Key.EMPTY.octets(), null)) {
            while (removals.size() < most && cursor.next()) {
                RowReader key = new RowReader(cursor.key());
                Removal removal = new Removal(key.u64(), key.u64());
                if (removal.modSeq > upTo) {
                    break;
                }
                removals.add(removal);
            }
        }
        return removals;
    }

    private static int eraseMessages(Tx tx, long upTo, int most) {
        List<Removal> removals = removals(tx.kv(), Tables.ERASE, upTo, most);
        for (Removal removal : removals) {
            tx.writeKv().delete(Tables.ERASE, Key.of(removal.modSeq, removal.id).octets());
            erase(tx, removal.id);
        }
        return removals.size();
    }

    private static void erase(Tx tx, long messageId) {
        Optional<DetailsRow> details = tx.delete(Tables.DETAILS, Key.of(messageId));
        if (details.isEmpty()) {
            return;
        }
        Threads.remove(tx, details.get());
        Key key = Key.of(details.get().bytesId());
        Optional<BytesRow> bytes = tx.get(Tables.BYTES, key);
        if (bytes.isEmpty()) {
            return;
        }
        if (bytes.get().messages() > 1) {
            tx.put(Tables.BYTES, bytes.get().withMessages(bytes.get().messages() - 1));
            return;
        }
        tx.delete(Tables.BYTES, key);
        if (bytes.get().where() == BytesRow.Where.ROWS) {
            MessageBytes.delete(tx, bytes.get().bytesId());
        } else {
            tx.writeKv().put(Tables.DOOMED, key.octets(), new byte[0]);
        }
    }

    /** Erases some of the messages of a deleted mailbox, and in the end the mailbox's other rows. */
    private static void purgeMailbox(Tx tx, long upTo, int most) {
        List<Removal> removals = removals(tx.kv(), Tables.PURGES, upTo, 1);
        if (removals.isEmpty()) {
            return;
        }
        long mailboxId = removals.get(0).id;
        NarrowRow row = new NarrowRow(new NarrowRow.Words(java.util.Map.of()), id -> {
            throw new IllegalStateException();
        });
        List<byte[]> values = new ArrayList<>();
        List<Long> uids = new ArrayList<>();
        try (KvCursor cursor =
                tx.kv().ascend(Tables.MESSAGES, NarrowRow.key(mailboxId, 0), UidBitmaps.end(mailboxId))) {
            while (uids.size() < most && cursor.next()) {
                uids.add(NarrowRow.uid(cursor.key()));
                values.add(cursor.value());
            }
        }
        for (int i = 0; i < uids.size(); i++) {
            row.load(uids.get(i), values.get(i));
            tx.writeKv().delete(Tables.MESSAGES, NarrowRow.key(mailboxId, row.uid()));
            tx.writeKv().delete(Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailboxId, row.modSeq(), row.uid()));
            erase(tx, row.messageId());
        }
        if (uids.isEmpty() && purgeRest(tx, mailboxId, most)) {
            tx.writeKv()
                    .delete(
                            Tables.PURGES,
                            Key.of(removals.get(0).modSeq, mailboxId).octets());
        }
    }

    /** True when nothing of the mailbox is left. */
    private static boolean purgeRest(Tx tx, long mailboxId, int most) {
        int left = most;
        for (int table :
                new int[] {Tables.UIDS, Tables.UNSEEN, Tables.DELETED, Tables.EXPUNGED, Tables.KEYWORDS.number()}) {
            List<byte[]> keys = new ArrayList<>();
            byte[] from = MailboxRow.key(mailboxId).octets();
            byte @Nullable [] end = Key.end(from);
            try (KvCursor cursor = tx.kv().ascend(table, from, end)) {
                while (left > 0 && cursor.next()) {
                    keys.add(cursor.key());
                    left--;
                }
            }
            keys.forEach(key -> tx.writeKv().delete(table, key));
        }
        return left > 0;
    }
}
