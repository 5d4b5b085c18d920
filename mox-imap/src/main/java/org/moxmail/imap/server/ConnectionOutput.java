package org.moxmail.imap.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the peer: collected, watched while it is written, without memory while there is nothing. One thread at a
 * time.
 */
final class ConnectionOutput extends OutputStream {
    private final WriteWatchdog.Watch watch;
    private final int capacity;
    private final @Nullable Tracer tracer;
    private OutputStream out;
    private byte @Nullable [] buffer;
    private int count;

    ConnectionOutput(Socket socket, WriteWatchdog.Watch watch, int capacity, @Nullable Tracer tracer)
            throws IOException {
        this.watch = watch;
        this.capacity = capacity;
        this.tracer = tracer;
        out = socket.getOutputStream();
    }

    /** Goes on with the socket that TLS was layered on. */
    void replace(Socket with) throws IOException {
        out = with.getOutputStream();
    }

    @Override
    public void write(int octet) throws IOException {
        byte[] into = room(1);
        into[count++] = (byte) octet;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (length >= capacity) {
            drain();
            pass(from, offset, length);
            return;
        }
        byte[] into = room(length);
        System.arraycopy(from, offset, into, count, length);
        count += length;
    }

    private byte[] room(int length) throws IOException {
        if (count + length > capacity) {
            drain();
        }
        if (buffer == null) {
            buffer = new byte[capacity];
        }
        return buffer;
    }

    private void drain() throws IOException {
        if (buffer != null && count > 0) {
            int length = count;
            count = 0;
            pass(buffer, 0, length);
        }
    }

    private void pass(byte[] from, int offset, int length) throws IOException {
        if (tracer != null) {
            tracer.sent(from, offset, length);
        }
        watch.begin();
        try {
            out.write(from, offset, length);
        } catch (IOException e) {
            throw new PeerException(e);
        } finally {
            watch.end();
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        watch.begin();
        try {
            out.flush();
        } catch (IOException e) {
            throw new PeerException(e);
        } finally {
            watch.end();
        }
    }

    /** Gives the memory back; everything was flushed. */
    void release() {
        if (count == 0) {
            buffer = null;
        }
    }
}
