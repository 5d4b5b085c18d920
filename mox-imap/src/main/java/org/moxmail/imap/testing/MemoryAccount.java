package org.moxmail.imap.testing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.time.Timing;

/**
 * One user's mail. States are immutable once committed, so that a read needs the lock only to take one. The lock guards
 * everything else here and is never held while foreign code runs, except for the work of a write.
 */
final class MemoryAccount {
    /** A message that is gone from its mailbox, and who may still want to read it. */
    private record Grave(long mailboxId, MemoryMessage message, long modSeq, Set<MemoryCursor> waiting) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Timing timing;
    private final Set<MemoryCursor> cursors = new HashSet<>();
    private final Map<Long, byte[]> octets = new HashMap<>();
    private final Map<Long, Grave> graves = new HashMap<>();
    private final AtomicLong origins = new AtomicLong();
    private final AtomicInteger handles = new AtomicInteger();
    private volatile MemoryState state = new MemoryState();
    private volatile long quota = Long.MAX_VALUE;
    private volatile boolean rerun;

    MemoryAccount(Timing timing) {
        this.timing = timing;
    }

    Timing timing() {
        return timing;
    }

    void quota(long octetsAllowed) {
        quota = octetsAllowed;
    }

    long quota() {
        return quota;
    }

    void rerun(boolean on) {
        rerun = on;
    }

    /** Counts what is open: sessions, cursors, contents, spools. */
    AtomicInteger handles() {
        return handles;
    }

    long newOrigin() {
        return origins.incrementAndGet();
    }

    void furnish() throws IOException {
        try (MemoryMail mail = new MemoryMail(this)) {
            mail.write(view -> {
                view.create(MailboxName.INBOX, Set.of());
                view.create(MailboxName.of("Archive"), Set.of(SpecialUse.ARCHIVE));
                view.create(MailboxName.of("Drafts"), Set.of(SpecialUse.DRAFTS));
                view.create(MailboxName.of("Junk"), Set.of(SpecialUse.JUNK));
                view.create(MailboxName.of("Sent"), Set.of(SpecialUse.SENT));
                return view.create(MailboxName.of("Trash"), Set.of(SpecialUse.TRASH));
            });
        }
    }

    <T> T read(MemoryMail session, AccountMail.ReadWork<T> work) throws IOException {
        MemoryReadView view = new MemoryReadView(session, state);
        try {
            return work.run(view);
        } finally {
            view.end();
        }
    }

    <T> T write(MemoryMail session, AccountMail.WriteWork<T> work) throws IOException {
        lock.lock();
        try {
            if (rerun) {
                MemoryWriteView abandoned = view(session);
                work.run(abandoned);
                abandoned.end();
            }
            MemoryWriteView view = view(session);
            try {
                T result = work.run(view);
                commit(view, session.origin());
                return result;
            } finally {
                view.end();
            }
        } finally {
            lock.unlock();
        }
    }

    private MemoryWriteView view(MemoryMail session) {
        return new MemoryWriteView(session, state, timing.millis(), quota);
    }

    private void commit(MemoryWriteView view, long origin) {
        for (MemoryMessage message : view.came) {
            octets.put(message.messageId(), message.octets());
        }
        for (MemoryWriteView.Gone gone : view.gone) {
            long id = gone.message().messageId();
            if (cursors.isEmpty()) {
                octets.remove(id);
            } else {
                graves.put(id, new Grave(gone.mailboxId(), gone.message(), view.state.modSeq, new HashSet<>(cursors)));
            }
        }
        state = view.state;
        if (!view.changes.isEmpty()) {
            Commit commit = new Commit(state.modSeq, origin, view.changes);
            cursors.forEach(cursor -> cursor.offer(commit));
        }
    }

    MemoryCursor open(MemoryMail session) {
        lock.lock();
        try {
            MemoryCursor cursor = new MemoryCursor(this, session);
            cursors.add(cursor);
            handles.incrementAndGet();
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** The cursor doesn't need what was removed by {@code modSeq}; a closed one needs nothing. */
    void acknowledge(MemoryCursor cursor, long modSeq, boolean closed) {
        lock.lock();
        try {
            if (closed && cursors.remove(cursor)) {
                handles.decrementAndGet();
            }
            for (Iterator<Grave> each = graves.values().iterator(); each.hasNext(); ) {
                Grave grave = each.next();
                if (grave.modSeq() <= modSeq) {
                    grave.waiting().remove(cursor);
                }
                if (grave.waiting().isEmpty()) {
                    octets.remove(grave.message().messageId());
                    each.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    byte[] octets(long messageId) throws FileNotFoundException {
        lock.lock();
        try {
            byte[] found = octets.get(messageId);
            if (found == null) {
                throw new FileNotFoundException("message " + messageId);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    List<MemoryMessage> removed(MemoryMail session, long mailboxId, UidSet uids) {
        lock.lock();
        try {
            TreeMap<Long, MemoryMessage> found = new TreeMap<>();
            for (Grave grave : graves.values()) {
                boolean readable = grave.waiting().stream().anyMatch(cursor -> cursor.session() == session);
                if (readable
                        && grave.mailboxId() == mailboxId
                        && uids.contains(grave.message().uid())) {
                    found.put(grave.message().uid(), grave.message());
                }
            }
            return new ArrayList<>(found.values());
        } finally {
            lock.unlock();
        }
    }
}
