package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Spool;

/** One session's view of a {@link MemoryAccount}. */
final class MemoryMail implements AccountMail {
    private final MemoryAccount account;
    private final long origin;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryMail(MemoryAccount account) {
        this.account = account;
        origin = account.newOrigin();
        account.handles().incrementAndGet();
    }

    MemoryAccount account() {
        return account;
    }

    long origin() {
        return origin;
    }

    private void check() {
        if (closed.get()) {
            throw new IllegalStateException("the session is closed");
        }
    }

    @Override
    public <T> T read(ReadWork<T> work) throws IOException {
        check();
        return account.read(this, work);
    }

    @Override
    public <T> T write(WriteWork<T> work) throws IOException {
        check();
        return account.write(this, work);
    }

    @Override
    public ChangeCursor changes() {
        check();
        return account.open(this);
    }

    @Override
    public MessageContent content(long messageId) throws IOException {
        check();
        MessageContent content = MessageContent.of(account.octets(messageId));
        account.handles().incrementAndGet();
        return new Counted(content);
    }

    @Override
    public Spool spool() {
        check();
        return new MemorySpool(account);
    }

    @Override
    public long appendLimit() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            account.handles().decrementAndGet();
        }
    }

    /** Content whose handle is counted until it is closed. */
    private final class Counted implements MessageContent {
        private final MessageContent inner;
        private boolean open = true;

        Counted(MessageContent inner) {
            this.inner = inner;
        }

        private void check() throws IOException {
            if (!open) {
                throw new IOException("the content is closed");
            }
        }

        @Override
        public long size() {
            return inner.size();
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            check();
            return inner.read(position, into, offset, length);
        }

        @Override
        public void writeTo(OutputStream out, long position, long length) throws IOException {
            check();
            inner.writeTo(out, position, length);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                account.handles().decrementAndGet();
            }
        }
    }
}
