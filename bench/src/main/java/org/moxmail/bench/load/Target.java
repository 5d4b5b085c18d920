package org.moxmail.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A port of a server, and how to connect to it.
 *
 * @param address of the port, on loopback
 * @param tls whether TLS is from the start; certificates are not looked at
 */
public record Target(InetSocketAddress address, boolean tls) {
    private static final int NETWORKS = 253 * 32;

    /** A port without TLS on 127.0.0.1. */
    public static Target plain(int port) {
        return new Target(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), false);
    }

    /** A port with TLS on 127.0.0.1. */
    public static Target tls(int port) {
        return new Target(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), true);
    }

    /**
     * Connects. Each number below 8,096 has a source address in a /21 of its own, since servers count connections per
     * network.
     */
    Socket connect(int number) throws IOException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(source(number), 0));
            socket.connect(address);
            Socket result = tls ? secured(socket) : socket;
            connected = true;
            return result;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    private static InetAddress source(int number) {
        int network = number % NETWORKS;
        return InetAddress.ofLiteral("127." + (1 + network / 32) + "." + network % 32 * 8 + ".1");
    }

    private Socket secured(Socket socket) throws IOException {
        return Tls.CONTEXT
                .getSocketFactory()
                .createSocket(socket, address.getAddress().getHostAddress(), address.getPort(), true);
    }

    private static final class Tls {
        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Trusts anybody: what is measured is a server on loopback with a certificate of its own making. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
