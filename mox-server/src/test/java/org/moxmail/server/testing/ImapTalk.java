package org.moxmail.server.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.moxmail.server.boot.Localserve;

/** An IMAP client that says what a test wants said. Octets are ISO 8859-1 here. */
public final class ImapTalk implements Closeable {
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");

    private final Socket socket;
    private final InputStream in;
    private int tags;

    public ImapTalk(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One that has read the greeting and logged in. */
    public static ImapTalk loggedIn(Socket socket) throws IOException {
        ImapTalk talk = new ImapTalk(socket);
        talk.line();
        talk.ok("LOGIN " + Localserve.ADDRESS + " " + Localserve.PASSWORD);
        return talk;
    }

    public Socket socket() {
        return socket;
    }

    public void raw(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads a line, and the literals in it with their line ends; empty at the connection's end. */
    public String line() throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int c = in.read();
            for (; c >= 0 && c != '\n'; c = in.read()) {
                line.write(c);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            all.append(text);
            Matcher literal = LITERAL.matcher(text);
            if (c < 0 || !literal.find()) {
                return all.toString();
            }
            byte[] octets = in.readNBytes(Integer.parseInt(literal.group(1)));
            all.append("\r\n").append(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    /** Carries out a command; returns everything said to it, the tagged response last. */
    public String command(String text) throws IOException {
        String tag = "t" + ++tags;
        raw(tag + " " + text + "\r\n");
        StringBuilder said = new StringBuilder();
        while (true) {
            String line = line();
            said.append(line).append('\n');
            if (line.startsWith(tag + " ") || line.isEmpty()) {
                return said.toString();
            }
        }
    }

    /** Carries out a command that must succeed. */
    public String ok(String text) throws IOException {
        String said = command(text);
        if (!said.contains("\nt" + tags + " OK") && !said.startsWith("t" + tags + " OK")) {
            throw new AssertionError(text + ": " + said);
        }
        return said;
    }

    /** The octets of a message of the selected mailbox. */
    public String message(int uid) throws IOException {
        String said = ok("UID FETCH " + uid + " (BODY.PEEK[])");
        Matcher literal = Pattern.compile("BODY\\[\\] \\{(\\d+)\\}\r\n").matcher(said);
        if (!literal.find()) {
            throw new AssertionError("no message " + uid + ": " + said);
        }
        return said.substring(literal.end(), literal.end() + Integer.parseInt(literal.group(1)));
    }

    /** How many messages there are in a mailbox. */
    public int count(String mailbox) throws IOException {
        Matcher count = Pattern.compile("MESSAGES (\\d+)").matcher(ok("STATUS " + mailbox + " (MESSAGES)"));
        if (!count.find()) {
            throw new AssertionError("no count of " + mailbox);
        }
        return Integer.parseInt(count.group(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
