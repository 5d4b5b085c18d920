package org.moxmail.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts are open and how many handles each has. An account is opened once, however many ask; one that nobody
 * uses is closed after a while, by a thread that lives while there is one to wait for. The lock is never held while an
 * account opens or closes: whoever wants that account waits, everybody else goes on.
 */
final class Accounts {
    private enum Phase {
        OPENING,
        OPEN,
        CLOSING
    }

    private static final class Slot {
        Phase phase = Phase.OPENING;

        @Nullable
        OpenAccount account;

        int handles;
        long idleSince;
        boolean removed;
    }

    /** Deletes what is left of a removed account. */
    interface Discard {
        void run(String account) throws IOException;
    }

    private final StoreOptions options;
    private final Function<String, Path> directories;
    private final Discard discard;
    private final RowCache rows;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Slot> slots = new HashMap<>();
    private boolean waiting;
    private boolean closed;

    Accounts(StoreOptions options, Function<String, Path> directories, Discard discard) {
        this.options = options;
        this.directories = directories;
        this.discard = discard;
        rows = new RowCache(options.limits().cacheBytes() / 2);
    }

    Account open(String name) throws IOException {
        Path directory = directories.apply(name);
        while (true) {
            Slot slot;
            lock.lock();
            try {
                slot = slots.get(name);
                while (slot != null && slot.phase != Phase.OPEN) {
                    changed.awaitUninterruptibly();
                    slot = slots.get(name);
                }
                if (closed) {
                    throw new StoreException("the store is closed");
                }
                if (slot != null && slot.account != null && slot.account.available() && !slot.removed) {
                    return handle(name, slot, slot.account);
                }
                if (slot != null && slot.removed) {
                    throw new StoreException("account " + name + " is being removed");
                }
                if (slot != null && slot.handles > 0) {
                    throw new StoreException("account " + name + " is unavailable until its sessions have ended");
                }
                if (slot == null) {
                    slot = new Slot();
                    slots.put(name, slot);
                } else {
                    slot.phase = Phase.CLOSING;
                }
            } finally {
                lock.unlock();
            }
            if (slot.account != null) {
                close(name, slot);
            } else {
                return openFresh(name, directory, slot);
            }
        }
    }

    /** Under the lock. */
    private Account handle(String name, Slot slot, OpenAccount account) {
        slot.handles++;
        return new Account(account, () -> release(name, slot));
    }

    private Account openFresh(String name, Path directory, Slot slot) throws IOException {
        OpenAccount account = null;
        boolean late = false;
        try {
            account = OpenAccount.open(name, directory, options, rows);
        } finally {
            lock.lock();
            try {
                late = closed;
                if (account == null) {
                    slots.remove(name);
                } else if (late) {
                    slot.account = account;
                    slot.phase = Phase.CLOSING;
                } else {
                    slot.account = account;
                    slot.phase = Phase.OPEN;
                    // Until the handle below exists, so that nobody closes it in between.
                    slot.handles++;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        if (late) {
            close(name, slot);
            throw new StoreException("the store is closed");
        }
        return new Account(account, () -> release(name, slot));
    }

    private void release(String name, Slot slot) {
        lock.lock();
        try {
            if (--slot.handles > 0 || slot.phase != Phase.OPEN) {
                return;
            }
            OpenAccount account = slot.account;
            if (slot.removed || account == null || !account.available()) {
                slot.phase = Phase.CLOSING;
            } else {
                slot.idleSince = options.timing().nanoTime();
                if (!waiting && !closed) {
                    waiting = true;
                    options.threads().newThread(this::closeIdle).start();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            close(name, slot);
        } catch (IOException | RuntimeException e) {
            options.events().backgroundFailed(name, e);
        }
    }

    /** Closes an account that is in its closing phase and has no handles, and discards it when it is removed. */
    private void close(String name, Slot slot) throws IOException {
        try {
            OpenAccount account = slot.account;
            if (account != null) {
                account.close();
            }
            if (slot.removed) {
                discard.run(name);
            }
        } finally {
            lock.lock();
            try {
                slots.remove(name);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void closeIdle() {
        Map<String, Slot> due = due();
        while (due != null) {
            due.forEach((name, slot) -> {
                try {
                    close(name, slot);
                } catch (IOException | RuntimeException e) {
                    options.events().backgroundFailed(name, e);
                }
            });
            due = due();
        }
    }

    /** Waits for accounts that were idle long enough, now in their closing phase; null when nobody is idle any more. */
    private @Nullable Map<String, Slot> due() {
        lock.lock();
        try {
            while (true) {
                Map<String, Slot> due = new HashMap<>();
                long now = options.timing().nanoTime();
                long next = Long.MAX_VALUE;
                for (Map.Entry<String, Slot> entry : slots.entrySet()) {
                    Slot slot = entry.getValue();
                    if (slot.phase == Phase.OPEN && slot.handles == 0) {
                        long left = options.limits().idle().toNanos() - (now - slot.idleSince);
                        next = Math.min(next, left);
                        if (left <= 0) {
                            slot.phase = Phase.CLOSING;
                            due.put(entry.getKey(), slot);
                        }
                    }
                }
                if (!due.isEmpty()) {
                    return due;
                }
                if (next == Long.MAX_VALUE || closed) {
                    waiting = false;
                    changed.signalAll();
                    return null;
                }
                options.timing().await(changed, lock, Duration.ofNanos(next));
            }
        } catch (InterruptedException e) {
            // Nobody interrupts the store's threads; an embedder that does ends idle closing until the next release.
            Thread.currentThread().interrupt();
            waiting = false;
            return null;
        } finally {
            lock.unlock();
        }
    }

    boolean removed(String name) {
        lock.lock();
        try {
            Slot slot = slots.get(name);
            return slot != null && slot.removed;
        } finally {
            lock.unlock();
        }
    }

    /** Removes an account that is marked on disk: now, or when its last handle is closed. */
    void remove(String name) throws IOException {
        Slot slot;
        lock.lock();
        try {
            slot = slots.get(name);
            while (slot != null && slot.phase != Phase.OPEN) {
                changed.awaitUninterruptibly();
                slot = slots.get(name);
            }
            if (slot == null) {
                slot = new Slot();
                slots.put(name, slot);
            }
            slot.removed = true;
            if (slot.handles > 0) {
                return;
            }
            slot.phase = Phase.CLOSING;
        } finally {
            lock.unlock();
        }
        close(name, slot);
    }

    /** Closes all accounts, whoever has handles on them. */
    void close() throws IOException {
        List<OpenAccount> open = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            for (Slot slot : slots.values()) {
                if (slot.phase == Phase.OPEN && slot.account != null) {
                    slot.phase = Phase.CLOSING;
                    open.add(slot.account);
                }
            }
        } finally {
            lock.unlock();
        }
        IOException failure = null;
        for (OpenAccount account : open) {
            try {
                account.close();
            } catch (IOException | RuntimeException e) {
                failure = failure == null ? new IOException("closing account " + account.name() + " failed") : failure;
                failure.addSuppressed(e);
            }
        }
        lock.lock();
        try {
            slots.values().removeIf(slot -> slot.account != null && open.contains(slot.account));
            changed.signalAll();
            while (!slots.isEmpty() || waiting) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
