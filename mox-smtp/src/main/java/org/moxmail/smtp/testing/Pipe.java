package org.moxmail.smtp.testing;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/** One direction of a connection: a bounded ring of octets. Safe for many threads. */
final class Pipe {
    private final Timing timing;
    private final byte[] ring;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int head;
    private int count;
    /** The writer said that nothing more comes. */
    private boolean ended;
    /** The reader is gone. */
    private boolean readerClosed;
    /** The reader wants no more, and meets an end. */
    private boolean readerShut;
    /** The writer's socket was closed under its writer. */
    private boolean writerClosed;

    Pipe(Timing timing, int capacity) {
        this.timing = timing;
        this.ring = new byte[capacity];
    }

    /** @param timeoutMillis 0 for none */
    int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitInput(timeoutMillis);
            if (readerShut || count == 0) {
                return -1;
            }
            int taken = Math.min(length, count);
            for (int i = 0; i < taken; i++) {
                into[offset + i] = ring[head];
                head = (head + 1) % ring.length;
            }
            count -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitInput(int timeoutMillis) throws IOException {
        long until = timing.nanoTime() + Duration.ofMillis(timeoutMillis).toNanos();
        while (true) {
            if (readerClosed) {
                throw new SocketException("Socket closed");
            }
            if (count > 0 || ended || readerShut) {
                return;
            }
            long left = until - timing.nanoTime();
            if (timeoutMillis > 0 && left <= 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            pause(timeoutMillis > 0, left);
        }
    }

    /** Once; the callers loop. */
    @SuppressWarnings("WaitNotInLoop")
    private void pause(boolean timed, long nanos) throws SocketException {
        try {
            if (timed) {
                timing.await(changed, lock, Duration.ofNanos(nanos));
            } else {
                changed.await();
            }
        } catch (InterruptedException e) {
            // As the sockets of virtual threads do.
            Thread.currentThread().interrupt();
            readerClosed = true;
            writerClosed = true;
            changed.signalAll();
            throw new SocketException("Closed by interrupt");
        }
    }

    void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        lock.lock();
        try {
            int sent = 0;
            while (sent < length) {
                if (writerClosed) {
                    throw new SocketException("Socket closed");
                }
                if (readerClosed || ended) {
                    throw new SocketException("Broken pipe");
                }
                if (count == ring.length) {
                    pause(false, 0);
                    continue;
                }
                int room = Math.min(length - sent, ring.length - count);
                for (int i = 0; i < room; i++) {
                    ring[(head + count + i) % ring.length] = from[offset + sent + i];
                }
                count += room;
                sent += room;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int available() {
        lock.lock();
        try {
            return readerShut ? 0 : count;
        } finally {
            lock.unlock();
        }
    }

    /** The writer ends. */
    void end() {
        change(() -> ended = true);
    }

    /** The writer's socket closes: what was written stays readable. */
    void closeWriter() {
        change(() -> {
            ended = true;
            writerClosed = true;
        });
    }

    /** The reader's socket closes. */
    void closeReader() {
        change(() -> {
            readerClosed = true;
            count = 0;
        });
    }

    /** The reader reads no more. */
    void shutReader() {
        change(() -> readerShut = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
