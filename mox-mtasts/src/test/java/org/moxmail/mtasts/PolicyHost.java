package org.moxmail.mtasts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server that answers each request with the same octets, and hears what it was asked. */
final class PolicyHost implements AutoCloseable {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final ServerSocket server;
    private final byte[] response;
    private final boolean hangs;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    PolicyHost(String keys, String response, boolean hangs) throws Exception {
        SSLContext tls = context(keys + ".p12");
        this.response = response.getBytes(StandardCharsets.ISO_8859_1);
        this.hangs = hangs;
        server = tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** A context with the keys of this file, or trusting what it holds. */
    static SSLContext context(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = PolicyHost.class.getResourceAsStream("/tls/" + file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        if (file.equals("trust.p12")) {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
        } else {
            context.init(keys.getKeyManagers(), null, null);
        }
        return context;
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder request = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            request.append(line).append('\n');
        }
        requests.add(request.toString());
        OutputStream out = socket.getOutputStream();
        out.write(response);
        out.flush();
        if (hangs) {
            // Until the other side has enough.
            in.read();
        }
    }

    List<String> requests() {
        return requests;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
