package org.moxmail.server.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP client that says what a test wants said. */
public final class SmtpTalk implements Closeable {
    private final Socket socket;
    private final InputStream in;

    public SmtpTalk(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One that has read the greeting. */
    public static SmtpTalk greeted(Socket socket) throws IOException {
        SmtpTalk talk = new SmtpTalk(socket);
        talk.expect("220");
        return talk;
    }

    public Socket socket() {
        return socket;
    }

    /** Sends octets as they are. */
    public void raw(String octets) throws IOException {
        raw(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void raw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** Reads a whole reply; empty at the connection's end. */
    public String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        while (true) {
            String line = line();
            reply.append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
            reply.append('\n');
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Sends a line and reads the reply. */
    public String command(String line) throws IOException {
        raw(line + "\r\n");
        return reply();
    }

    /** Reads a reply that begins so. */
    public String expect(String beginning) throws IOException {
        String reply = reply();
        if (!reply.startsWith(beginning)) {
            throw new AssertionError("expected " + beginning + " and got " + reply);
        }
        return reply;
    }

    /** Sends a line and reads a reply that begins so. */
    public String expect(String beginning, String line) throws IOException {
        raw(line + "\r\n");
        return expect(beginning);
    }

    /** Introduces itself. */
    public SmtpTalk hello() throws IOException {
        expect("250", "EHLO client.example");
        return this;
    }

    /** Introduces itself and logs in. */
    public SmtpTalk login(String user, String password) throws IOException {
        hello();
        String plain = java.util.Base64.getEncoder()
                .encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
        expect("235", "AUTH PLAIN " + plain);
        return this;
    }

    /** Sends a message, which is text with CRLF line ends and without dots at their starts; returns the reply to it. */
    public String send(String from, String message, String... recipients) throws IOException {
        expect("250", "MAIL FROM:<" + from + ">");
        for (String recipient : recipients) {
            expect("250", "RCPT TO:<" + recipient + ">");
        }
        expect("354", "DATA");
        raw(message + ".\r\n");
        return reply();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
