package org.moxmail.smtp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import org.moxmail.time.Timing;

/**
 * A connected socket without a network: one of a pair whose blocking streams, read timeouts, half-closes and full buffers
 * behave as those of TCP do. Its read timeouts count in the given {@link Timing}. TLS sockets can be layered over it. Safe for
 * many threads.
 */
public final class InMemorySocket extends Socket {
    /** Octets under way in each direction before writers block. */
    public static final int CAPACITY = 64 * 1024;

    /** Both ends of a connection. */
    public record Pair(InMemorySocket client, InMemorySocket server) {}

    private final Pipe incoming;
    private final Pipe outgoing;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private volatile int timeoutMillis;
    private volatile boolean closed;
    private volatile boolean inputShut;
    private volatile boolean outputShut;
    private volatile boolean noDelay;
    private volatile boolean keepAlive;

    private InMemorySocket(Pipe incoming, Pipe outgoing, InetSocketAddress local, InetSocketAddress remote) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.local = local;
        this.remote = remote;
    }

    /** A connection between {@code 192.0.2.1} and {@code 192.0.2.25}. */
    public static Pair pair(Timing timing) {
        return pair(timing, CAPACITY);
    }

    /** The same with another capacity in octets, such as few, to make writers block soon. */
    public static Pair pair(Timing timing, int capacity) {
        return pair(
                timing, capacity, new InetSocketAddress("192.0.2.1", 49152), new InetSocketAddress("192.0.2.25", 25));
    }

    /** A connection between two addresses. */
    public static Pair pair(Timing timing, int capacity, InetSocketAddress client, InetSocketAddress server) {
        Pipe up = new Pipe(timing, capacity);
        Pipe down = new Pipe(timing, capacity);
        return new Pair(new InMemorySocket(down, up, client, server), new InMemorySocket(up, down, server, client));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                reads.incrementAndGet();
                return incoming.read(into, offset, length, timeoutMillis);
            }

            @Override
            public int available() {
                return incoming.available();
            }

            @Override
            public void close() throws IOException {
                InMemorySocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                writes.incrementAndGet();
                outgoing.write(from, offset, length);
            }

            @Override
            public void close() throws IOException {
                InMemorySocket.this.close();
            }
        };
    }

    /** How often this end has read: each would be a call of the system. */
    public long reads() {
        return reads.get();
    }

    /** How often this end has written: each would be a call of the system. */
    public long writes() {
        return writes.get();
    }

    private void requireOpen() throws SocketException {
        if (closed) {
            throw new SocketException("Socket is closed");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        outgoing.closeWriter();
        incoming.closeReader();
        super.close();
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        outputShut = true;
        outgoing.end();
    }

    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        inputShut = true;
        incoming.shutReader();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShut;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut;
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        requireOpen();
        if (timeout < 0) {
            throw new IllegalArgumentException("timeout " + timeout);
        }
        timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() throws SocketException {
        requireOpen();
        return timeoutMillis;
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        requireOpen();
        noDelay = on;
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        requireOpen();
        return noDelay;
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        requireOpen();
        keepAlive = on;
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        requireOpen();
        return keepAlive;
    }

    @Override
    public int getSoLinger() throws SocketException {
        requireOpen();
        return -1;
    }

    @Override
    public InetAddress getInetAddress() {
        return remote.getAddress();
    }

    @Override
    public int getPort() {
        return remote.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return local.getAddress();
    }

    @Override
    public int getLocalPort() {
        return local.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public String toString() {
        return "InMemorySocket[" + local + " to " + remote + "]";
    }
}
