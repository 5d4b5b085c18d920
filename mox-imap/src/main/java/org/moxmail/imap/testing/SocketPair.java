package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.moxmail.time.Timing;

/**
 * Two connected sockets without a network. Each direction buffers a bounded number of octets, so that a peer that doesn't
 * read stops its writer; read timeouts pass by the given clock. TLS can be layered on either end.
 */
public final class SocketPair {
    /** Octets that each direction buffers unless told otherwise. */
    public static final int CAPACITY = 64 * 1024;

    private final MemoryPipe toServer;
    private final MemoryPipe toClient;
    private final Socket client;
    private final Socket server;

    public SocketPair(Timing timing) {
        this(timing, CAPACITY);
    }

    /** @param capacity octets that each direction buffers */
    public SocketPair(Timing timing, int capacity) {
        toServer = new MemoryPipe(timing, capacity);
        toClient = new MemoryPipe(timing, capacity);
        InetSocketAddress clientAddress = address(1, 50_000);
        InetSocketAddress serverAddress = address(2, 143);
        client = new End(toClient, toServer, clientAddress, serverAddress);
        server = new End(toServer, toClient, serverAddress, clientAddress);
    }

    private static InetSocketAddress address(int host, int port) {
        try {
            // RFC 5737: addresses for documentation.
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public Socket client() {
        return client;
    }

    public Socket server() {
        return server;
    }

    /** Blocks until the server can't write more because the client doesn't read. */
    public void awaitServerStalled() throws InterruptedException {
        toClient.awaitFull();
    }

    /** One end. */
    private static final class End extends Socket {
        private final MemoryPipe in;
        private final MemoryPipe out;
        private final InetSocketAddress local;
        private final InetSocketAddress remote;
        private volatile int timeoutMillis;
        private volatile boolean lingerZero;
        private volatile boolean closed;
        private volatile boolean inputShut;
        private volatile boolean outputShut;

        End(MemoryPipe in, MemoryPipe out, InetSocketAddress local, InetSocketAddress remote) {
            this.in = in;
            this.out = out;
            this.local = local;
            this.remote = remote;
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return in.read(into, offset, length, timeoutMillis);
                }

                @Override
                public int available() {
                    return in.available();
                }

                @Override
                public void close() throws IOException {
                    End.this.close();
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    out.write(from, offset, length);
                }

                @Override
                public void close() throws IOException {
                    End.this.close();
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (lingerZero) {
                out.reset();
            } else {
                out.end();
            }
            in.abandon();
        }

        @Override
        public void shutdownInput() {
            inputShut = true;
            in.end();
        }

        @Override
        public void shutdownOutput() {
            outputShut = true;
            out.end();
        }

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            if (closed) {
                throw new SocketException("Socket is closed");
            }
            timeoutMillis = millis;
        }

        @Override
        public int getSoTimeout() {
            return timeoutMillis;
        }

        @Override
        public void setSoLinger(boolean on, int seconds) {
            lingerZero = on && seconds == 0;
        }

        @Override
        public int getSoLinger() {
            return lingerZero ? 0 : -1;
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public boolean getTcpNoDelay() {
            return true;
        }

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public boolean getKeepAlive() {
            return false;
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
        public boolean isClosed() {
            return closed;
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
        public InetAddress getInetAddress() {
            return remote.getAddress();
        }

        @Override
        public InetAddress getLocalAddress() {
            return local.getAddress();
        }

        @Override
        public int getPort() {
            return remote.getPort();
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
    }
}
