package org.moxmail.imap.testing;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.moxmail.time.Timing;

/** One direction of a {@link SocketPair}: a bounded buffer with a writer's and a reader's end. */
final class MemoryPipe {
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition writable = lock.newCondition();
    private final byte[] ring;
    private int start;
    private int count;
    private boolean ended;
    private boolean readerGone;
    private boolean broken;

    MemoryPipe(Timing timing, int capacity) {
        this.timing = timing;
        ring = new byte[capacity];
    }

    int available() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Reads at least one octet, or returns -1 at the end. */
    int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitData(timeoutMillis);
            if (readerGone) {
                throw new SocketException("Socket closed");
            }
            if (count == 0) {
                return -1;
            }
            int taken = Math.min(length, count);
            int first = Math.min(taken, ring.length - start);
            System.arraycopy(ring, start, into, offset, first);
            System.arraycopy(ring, 0, into, offset + first, taken - first);
            start = (start + taken) % ring.length;
            count -= taken;
            writable.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitData(int timeoutMillis) throws IOException {
        long deadline = timing.nanoTime() + timeoutMillis * 1_000_000L;
        try {
            while (count == 0 && !ended && !readerGone) {
                if (broken) {
                    throw new SocketException("Connection reset");
                }
                if (timeoutMillis == 0) {
                    readable.await();
                    continue;
                }
                long left = deadline - timing.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
                // A false answer is looked at again: data may have come in the same moment.
                timing.await(readable, lock, Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("Closed by interrupt");
        }
    }

    void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        lock.lock();
        try {
            int done = 0;
            while (done < length) {
                while (count == ring.length && !ended && !readerGone && !broken) {
                    writable.await();
                }
                if (ended || broken) {
                    throw new SocketException("Socket closed");
                }
                if (readerGone) {
                    throw new SocketException("Broken pipe");
                }
                int free = Math.min(length - done, ring.length - count);
                int at = (start + count) % ring.length;
                int first = Math.min(free, ring.length - at);
                System.arraycopy(from, offset + done, ring, at, first);
                System.arraycopy(from, offset + done + first, ring, 0, free - first);
                count += free;
                done += free;
                readable.signalAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("Closed by interrupt");
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is written; what is there can still be read. */
    void end() {
        lock.lock();
        try {
            ended = true;
            readable.signalAll();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads any more. */
    void abandon() {
        lock.lock();
        try {
            readerGone = true;
            count = 0;
            readable.signalAll();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fails both ends at once, as a reset does. */
    void reset() {
        lock.lock();
        try {
            broken = true;
            count = 0;
            readable.signalAll();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a writer would have to wait. */
    boolean isFull() {
        lock.lock();
        try {
            return count == ring.length;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the buffer is full and a writer has to wait. */
    void awaitFull() throws InterruptedException {
        lock.lock();
        try {
            while (count < ring.length) {
                readable.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
