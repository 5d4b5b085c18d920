package org.moxmail.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.moxmail.server.auth.PasswordSettings;
import org.moxmail.server.boot.EngineLimits;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.boot.StartException;

/** A localserve in this process, on free ports of the loopback address, with passwords that are cheap to check. */
public final class RunningServer implements AutoCloseable {
    private static final PasswordSettings CHEAP = new PasswordSettings(8, 64, 1, 2, Duration.ofSeconds(20));
    private static final int READ_MILLIS = 20_000;

    private final ServerSettings settings;
    private final MoxServer server;

    private RunningServer(ServerSettings settings, MoxServer server) {
        this.settings = settings;
        this.server = server;
    }

    /** Starts one that keeps its mail in a directory. */
    public static RunningServer start(Path directory) throws StartException {
        return start(directory, UnaryOperator.identity(), Environment.standard());
    }

    /** Starts one with other settings. */
    public static RunningServer start(Path directory, UnaryOperator<ServerSettings> change) throws StartException {
        return start(directory, change, Environment.standard());
    }

    /** Starts one in a world of its own. */
    public static RunningServer start(Path directory, UnaryOperator<ServerSettings> change, Environment environment)
            throws StartException {
        ServerSettings settings = change.apply(settings(directory));
        return new RunningServer(settings, MoxServer.start(settings, environment));
    }

    /** What it is started with. */
    public static ServerSettings settings(Path directory) {
        List<InetAddress> loopback = List.of(InetAddress.ofLiteral("127.0.0.1"));
        return Localserve.settings(directory, loopback, Localserve.ANY_PORTS, false)
                .withEngines(EngineLimits.DEFAULT.withPasswords(CHEAP));
    }

    public MoxServer server() {
        return server;
    }

    public InetSocketAddress address(String listener) {
        return server.address(listener);
    }

    /** Connects in plaintext. */
    public Socket connect(String listener) throws IOException {
        InetSocketAddress address = address(listener);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Layers TLS over a socket as a client that trusts this server's certificate only. */
    public SSLSocket secure(Socket socket) throws IOException, GeneralSecurityException {
        SSLSocket tls =
                (SSLSocket) trusting().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** A client's context that trusts this server's certificate only. */
    public SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(MoxServer.certificateFile(settings))) {
            trusted.setCertificateEntry(
                    "mox", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** An SMTP client on a plaintext connection, greeted. */
    public SmtpTalk smtp(String listener) throws IOException {
        return SmtpTalk.greeted(connect(listener));
    }

    /** An IMAP client on a plaintext connection, logged in. */
    public ImapTalk imap() throws IOException {
        return ImapTalk.loggedIn(connect("imap"));
    }

    @Override
    public void close() {
        server.close();
    }
}
