package org.moxmail.imap.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.moxmail.time.Timing;

/**
 * What the peer sends, by a deadline. A socket's own timeout starts afresh with each read, so that a peer that sends an
 * octet now and then would never meet it; and behind TLS one read is several of the socket's, which is why the watchdog
 * knows the deadline too.
 */
final class ConnectionInput extends InputStream {
    private final Timing timing;
    private final WriteWatchdog.Watch watch;
    private Socket socket;
    private InputStream in;
    private long deadline;

    ConnectionInput(Socket socket, Timing timing, WriteWatchdog.Watch watch) throws IOException {
        this.socket = socket;
        this.timing = timing;
        this.watch = watch;
        in = socket.getInputStream();
        deadline = timing.nanoTime();
    }

    /** Goes on with the socket that TLS was layered on. */
    void replace(Socket with) throws IOException {
        socket = with;
        in = with.getInputStream();
    }

    /** What is read from now on must have come when {@code max} has passed. */
    void allow(Duration max) {
        deadline = timing.nanoTime() + max.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long left = deadline - timing.nanoTime();
        if (left <= 0) {
            throw new PeerTimeoutException();
        }
        watch.reading(deadline);
        try {
            socket.setSoTimeout(Math.clamp(Duration.ofNanos(left).toMillis(), 1, Integer.MAX_VALUE));
            return in.read(into, offset, length);
        } catch (SocketTimeoutException e) {
            throw new PeerTimeoutException();
        } catch (IOException e) {
            throw new PeerException(e);
        } finally {
            watch.read();
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
