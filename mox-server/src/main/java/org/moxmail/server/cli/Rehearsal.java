package org.moxmail.server.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;

/** What clients do most of the time, done to one's own server. */
final class Rehearsal {
    /** Enough for the runtime to see what is called often, and few enough for a start to do in passing. */
    private static final int MESSAGES = 50;

    private static final String PARTS = """
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            Text that isn=E2=80=99t long.\r
            --b\r
            Content-Type: application/octet-stream; name=x\r
            Content-Transfer-Encoding: base64\r
            \r
            AAECAwQFBgcICQoLDA0ODw==\r
            --b--\r
            """;

    private final MoxServer server;
    private final SecureRandom random;

    Rehearsal(MoxServer server, SecureRandom random) {
        this.server = server;
        this.random = random;
    }

    /** @throws IOException when the server doesn't do as it should */
    void play() throws IOException {
        deliver(new Dialogue(connect("smtp")), "EHLO localhost");
        String plain = Base64.getEncoder()
                .encodeToString(
                        ("\0" + Localserve.ADDRESS + "\0" + Localserve.PASSWORD).getBytes(StandardCharsets.US_ASCII));
        deliver(new Dialogue(secured("submissions")), "EHLO localhost", "AUTH PLAIN " + plain);
        read(new Dialogue(connect("imap")));
        read(new Dialogue(secured("imaps")));
    }

    private static void deliver(Dialogue smtp, String... greeting) throws IOException {
        try (smtp) {
            smtp.expect("220 ");
            for (String line : greeting) {
                smtp.ask(line, "2");
            }
            for (int i = 0; i < MESSAGES; i++) {
                smtp.ask("MAIL FROM:<" + Localserve.ADDRESS + ">", "250 ");
                smtp.ask("RCPT TO:<" + Localserve.ADDRESS + ">", "250 ");
                smtp.ask("DATA", "354 ");
                smtp.ask(message(i) + ".", "250 ");
            }
            smtp.ask("QUIT", "221 ");
        }
    }

    private static String message(int number) {
        return "From: Rehearsal <" + Localserve.ADDRESS + ">\r\nTo: " + Localserve.ADDRESS
                + "\r\nSubject: =?utf-8?q?message_" + number + "?=\r\nMessage-ID: <" + number
                + "@localhost>\r\nMIME-Version: 1.0\r\n" + PARTS;
    }

    private static void read(Dialogue imap) throws IOException {
        try (imap) {
            imap.expect("* OK");
            imap.ask("a LOGIN " + Localserve.ADDRESS + " " + Localserve.PASSWORD, "a OK");
            imap.ask("a LIST \"\" * RETURN (STATUS (MESSAGES UNSEEN))", "a OK");
            imap.ask("a SELECT Inbox", "a OK");
            for (int i = 0; i < 5; i++) {
                imap.ask("a UID FETCH 1:* (FLAGS)", "a OK");
                imap.ask("a FETCH 1:* (ENVELOPE BODYSTRUCTURE INTERNALDATE RFC822.SIZE)", "a OK");
                imap.ask("a FETCH 1:* (BODY.PEEK[] BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)])", "a OK");
                imap.ask("a STORE 1:* +FLAGS.SILENT (\\Seen)", "a OK");
                imap.ask("a STORE 1:* -FLAGS (\\Seen)", "a OK");
                imap.ask("a UID SEARCH SUBJECT message TEXT long", "a OK");
            }
            String message = message(0);
            imap.ask("a APPEND Drafts {" + message.length() + "+}\r\n" + message, "a OK");
            imap.ask("a IDLE", "+ ");
            imap.ask("DONE", "a OK");
            imap.ask("a STORE 1:50 +FLAGS (\\Deleted)", "a OK");
            imap.ask("a EXPUNGE", "a OK");
            imap.ask("a LOGOUT", "a OK");
        }
    }

    private Socket connect(String listener) throws IOException {
        InetSocketAddress address = server.address(listener);
        return new Socket(address.getAddress(), address.getPort());
    }

    private Socket secured(String listener) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Ourselves()}, random);
            InetSocketAddress address = server.address(listener);
            return context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS with ourselves", e);
        }
    }

    /** Who we talk to is this process, and what is said is known to everybody. */
    private static final class Ourselves implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Lines there and back. */
    private static final class Dialogue implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final OutputStream out;

        Dialogue(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        /** Says something, and reads up to the line that begins as expected. */
        void ask(String line, String answer) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            expect(answer);
        }

        void expect(String answer) throws IOException {
            String last = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                // Of a multiline reply the last line has the space.
                if (line.startsWith(answer) && !(line.length() > 3 && line.charAt(3) == '-')) {
                    return;
                }
                last = line;
            }
            throw new EOFException("instead of " + answer + " came " + last);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
