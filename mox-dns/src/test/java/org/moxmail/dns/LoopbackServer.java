package org.moxmail.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** A DNS server on loopback, over UDP and TCP at the same port, that answers as a test says. */
final class LoopbackServer implements AutoCloseable {
    /** Makes an answer; null for none. */
    interface Handler {
        byte @Nullable [] answer(Message query, boolean tcp) throws IOException;
    }

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Handler handler;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    LoopbackServer(Handler handler) throws IOException {
        this.handler = handler;
        // The port that is free for one may be taken for the other.
        DatagramSocket datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ServerSocket connections = listen(datagrams.getLocalPort());
        for (int attempt = 0; connections == null && attempt < 20; attempt++) {
            datagrams.close();
            datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            connections = listen(datagrams.getLocalPort());
        }
        udp = datagrams;
        tcp = Objects.requireNonNull(connections, "no port for both");
        Thread.ofPlatform().daemon().start(this::datagrams);
        Thread.ofPlatform().daemon().start(this::connections);
    }

    private static @Nullable ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return null; // taken: the caller tries another
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
    }

    /** Queries so far, such as {@code UDP mail.example. A}. */
    List<String> asked() {
        return asked;
    }

    private byte @Nullable [] answer(byte[] query, int length, boolean overTcp) throws IOException {
        Message message = new Message(ByteBuffer.wrap(query, 0, length));
        asked.add((overTcp ? "TCP " : "UDP ")
                + message.getQuestion().getName() + " "
                + Type.string(message.getQuestion().getType()));
        return handler.answer(message, overTcp);
    }

    private void datagrams() {
        byte[] buffer = new byte[65_535];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(packet.getData(), packet.getLength(), false);
                if (answer != null) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            ended(udp.isClosed(), e);
        }
    }

    private void connections() {
        try {
            while (true) {
                try (Socket socket = tcp.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    byte[] query = in.readNBytes(in.readUnsignedShort());
                    byte[] answer = answer(query, query.length, true);
                    if (answer != null) {
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        byte[] framed = new byte[answer.length + 2];
                        framed[0] = (byte) (answer.length >> 8);
                        framed[1] = (byte) answer.length;
                        System.arraycopy(answer, 0, framed, 2, answer.length);
                        out.write(framed);
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            ended(tcp.isClosed(), e);
        }
    }

    private static void ended(boolean closed, IOException e) {
        if (!closed) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
