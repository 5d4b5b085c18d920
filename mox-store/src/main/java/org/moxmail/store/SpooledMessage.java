package org.moxmail.store;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.CrlfOutputStream;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageLimits;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.Preview;
import org.moxmail.message.mailbox.Spool;

/**
 * A message on its way in. Its octets stay in memory while they are few enough to become rows, and go to a file beyond
 * that; they are parsed while they pass. The file of a spool that an account made is already where the account will have
 * it; that of a spool for several accounts is linked into each.
 */
final class SpooledMessage implements Spool {
    /** The octets as one account will have them. */
    static final class Placed {
        final long bytesId;
        final BytesRow.Where where;
        final long sizeBytes;
        final byte @Nullable [] octets;
        final @Nullable Path file;
        /** A row names them, or may. */
        volatile boolean taken;

        Placed(long bytesId, BytesRow.Where where, long sizeBytes, byte @Nullable [] octets, @Nullable Path file) {
            this.bytesId = bytesId;
            this.where = where;
            this.sizeBytes = sizeBytes;
            this.octets = octets;
            this.file = file;
        }
    }

    private final StoreFiles files;
    private final StoreLimits limits;
    private final Path file;
    private final @Nullable OpenAccount home;
    private final long homeBytesId;
    private final boolean mendLineEnds;
    private final MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
    private final Map<OpenAccount, Placed> places = new HashMap<>();
    private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream(4096);
    private StoreFiles.@Nullable NewFile written;
    private @Nullable Out out;
    private byte @Nullable [] octets;
    private @Nullable Part part;
    private @Nullable String preview;
    private Threads.@Nullable Links links;
    private long size;
    private boolean fileMade;
    private boolean closed;

    /**
     * @param file where octets go that are too many for memory
     * @param home the account that made it, whose file that is
     * @param mendLineEnds whether bare LFs become CRLF
     */
    SpooledMessage(
            StoreOptions options, Path file, @Nullable OpenAccount home, long homeBytesId, boolean mendLineEnds) {
        files = options.files();
        limits = options.limits();
        this.file = file;
        this.home = home;
        this.homeBytesId = homeBytesId;
        this.mendLineEnds = mendLineEnds;
    }

    @Override
    public OutputStream out() {
        if (out != null || closed) {
            throw new IllegalStateException("a spool is written once");
        }
        out = new Out();
        return out;
    }

    /** Mends line ends if wanted, then parses and keeps. Closing twice does nothing. */
    private final class Out extends OutputStream {
        private final OutputStream mending = mendLineEnds ? new CrlfOutputStream(new Keeping()) : new Keeping();
        private boolean ended;

        @Override
        public void write(int octet) throws IOException {
            require();
            mending.write(octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            require();
            mending.write(from, offset, length);
        }

        private void require() throws IOException {
            if (ended || closed) {
                throw new IOException("the spool's stream is closed");
            }
        }

        @Override
        public void close() throws IOException {
            if (!ended && !closed) {
                ended = true;
                mending.flush();
                finish();
            }
        }
    }

    private final class Keeping extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > limits.messageBytes() - size) {
                throw new IOException("a message of more than " + limits.messageBytes() + " octets");
            }
            parser.feed(from, offset, length);
            size += length;
            if (memory != null && size > limits.rowBytes()) {
                spill(memory);
                memory = null;
            }
            if (memory != null) {
                memory.write(from, offset, length);
            } else if (written != null) {
                written.write(from, offset, length);
            }
        }
    }

    private void spill(ByteArrayOutputStream soFar) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            files.createDirectories(parent);
        }
        StoreFiles.NewFile made = files.create(file);
        fileMade = true;
        written = made;
        soFar.writeTo(made);
    }

    private void finish() throws IOException {
        StoreFiles.NewFile ending = written;
        if (ending != null) {
            try (ending) {
                ending.sync();
            }
            written = null;
            if (home != null) {
                files.syncDirectory(home.bytes().directory(homeBytesId));
                places.put(home, new Placed(homeBytesId, BytesRow.Where.FILE, size, null, file));
            }
        } else if (memory != null) {
            octets = memory.toByteArray();
            memory = null;
        }
        Part parsed = parser.finish();
        part = parsed;
        try (MessageContent content = content()) {
            preview = Preview.of(content, parsed);
            links = Threads.links(content, parsed);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Part structure() {
        Part parsed = part;
        if (parsed == null) {
            throw new IllegalStateException("the spool's stream wasn't closed");
        }
        return parsed;
    }

    /** The parse with the octets of a prefix in front. */
    Part structure(byte[] prefix) throws IOException {
        if (prefix.length == 0) {
            return structure();
        }
        Part own = structure();
        if (PrefixFields.leaveStructure(prefix) && own.bodyOffset() > 0) {
            return PrefixFields.shift(own, prefix);
        }
        try (MessageContent content = new JoinedContent(prefix, content())) {
            return MessageParser.parse(content);
        }
    }

    String preview() {
        String made = preview;
        if (made == null) {
            throw new IllegalStateException("the spool's stream wasn't closed");
        }
        return made;
    }

    /** What links the message to others, with a prefix that may hold header fields of its own. */
    Threads.Links links(byte[] prefix, Part whole) throws IOException {
        Threads.Links made = links;
        if (made == null) {
            throw new IllegalStateException("the spool's stream wasn't closed");
        }
        if (prefix.length == 0 || PrefixFields.leaveStructure(prefix)) {
            return made;
        }
        try (MessageContent content = new JoinedContent(prefix, content())) {
            return Threads.links(content, whole);
        }
    }

    @Override
    public MessageContent content() throws IOException {
        if (closed) {
            throw new FileNotFoundException("the spool is closed");
        }
        byte[] inMemory = octets;
        if (inMemory != null) {
            return MessageContent.of(inMemory);
        }
        if (!fileMade || written != null) {
            throw new IllegalStateException("the spool's stream wasn't closed");
        }
        return new FileContent(files.open(file), size);
    }

    /** Makes the octets ready to be named by a row of an account; durable, unless they become rows themselves. */
    Placed place(OpenAccount account) throws IOException {
        structure();
        if (closed) {
            throw new IllegalStateException("the spool is closed");
        }
        Placed placed = places.get(account);
        if (placed != null) {
            return placed;
        }
        long bytesId = account == home ? homeBytesId : account.nextBytesId();
        if (octets != null) {
            placed = new Placed(bytesId, BytesRow.Where.ROWS, size, octets, null);
        } else {
            Path name = account.bytes().file(bytesId);
            files.createDirectories(account.bytes().directory(bytesId));
            files.link(file, name);
            placed = new Placed(bytesId, BytesRow.Where.FILE, size, null, name);
            places.put(account, placed);
            files.syncDirectory(account.bytes().directory(bytesId));
        }
        places.put(account, placed);
        return placed;
    }

    /** What {@link #place} made, or the octets in memory, which need no making; work in a transaction must find it. */
    Placed placed(OpenAccount account) throws IOException {
        if (octets != null || account == home) {
            return place(account);
        }
        Placed placed = places.get(account);
        if (placed == null) {
            throw new IllegalArgumentException("the spool isn't one of this account");
        }
        return placed;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        octets = null;
        memory = null;
        IOException failure = null;
        if (written != null) {
            failure = attempt(written::close, failure);
        }
        boolean keepOwn = false;
        for (Placed placed : places.values()) {
            if (placed.file != null && placed.taken) {
                keepOwn |= placed.file.equals(file);
            }
        }
        for (Map.Entry<OpenAccount, Placed> entry : places.entrySet()) {
            Path name = entry.getValue().file;
            if (name != null && !entry.getValue().taken && !name.equals(file)) {
                failure = attempt(() -> entry.getKey().deleteSpooled(name), failure);
            }
        }
        if (fileMade && !keepOwn) {
            OpenAccount owner = home;
            failure = attempt(() -> deleteOwn(owner), failure);
        }
        if (failure == null) {
            // Otherwise the file may be there still, and the next opening is to look for it.
            places.forEach(
                    (account, placed) -> account.spoolClosed(placed.bytesId, placed.file != null && !placed.taken));
            if (home != null) {
                home.spoolClosed(homeBytesId, fileMade && !keepOwn);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deleteOwn(@Nullable OpenAccount owner) throws IOException {
        if (owner == null) {
            files.delete(file);
        } else {
            owner.deleteSpooled(file);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static @Nullable IOException attempt(Step step, @Nullable IOException before) {
        try {
            step.run();
            return before;
        } catch (IOException e) {
            if (before != null) {
                before.addSuppressed(e);
                return before;
            }
            return e;
        }
    }
}
