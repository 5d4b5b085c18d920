package org.moxmail.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** An IMAP client that knows just enough to load a server. For one thread. */
public final class Imap implements AutoCloseable {
    private static final int LARGE = 128 * 1024;
    private static final int SMALL = 4 * 1024;

    private final Wire wire;
    private int commands;

    /**
     * Who logs in where.
     *
     * @param target to connect to
     * @param user name to log in with
     * @param password of the user
     */
    public record Login(Target target, String user, String password) {}

    private Imap(Wire wire) {
        this.wire = wire;
    }

    /**
     * Connects and logs in.
     *
     * @param number of the connection, which chooses its source address
     * @param large whether long answers will come
     */
    public static Imap login(Login login, int number, boolean large) throws IOException {
        var imap = new Imap(new Wire(login.target(), number, large ? LARGE : SMALL));
        boolean done = false;
        try {
            String greeting = imap.wire.line();
            if (!greeting.startsWith("* OK")) {
                throw new IOException("greeted with " + greeting);
            }
            imap.command("LOGIN \"" + login.user() + "\" \"" + login.password() + "\"");
            done = true;
            return imap;
        } finally {
            if (!done) {
                imap.wire.close();
            }
        }
    }

    private String tag() {
        return String.format(Locale.ROOT, "tAg%06d", ++commands);
    }

    /**
     * Sends a command and reads its answer.
     *
     * @return octets of the answer
     */
    public long command(String text) throws IOException {
        String tag = tag();
        wire.send(tag + " " + text + "\r\n");
        return wire.skipTagged(tag);
    }

    /** Sends a FETCH or STORE, and counts the messages that the answer is about. */
    public long fetched(String command) throws IOException {
        Pattern row = Pattern.compile("\\* \\d+ FETCH \\(.*");
        long[] count = new long[1];
        lines(
                command,
                line -> count[0] += line.startsWith("* ") && row.matcher(line).matches() ? 1 : 0);
        return count[0];
    }

    /** Sends a SEARCH, and counts what it finds. */
    public long found(String command) throws IOException {
        long[] count = new long[1];
        lines(command, line -> count[0] += line.startsWith("* SEARCH") ? line.split(" ").length - 2 : 0);
        return count[0];
    }

    private void lines(String command, Consumer<String> each) throws IOException {
        String tag = tag();
        wire.send(tag + " " + command + "\r\n");
        while (true) {
            String line = wire.line();
            if (line.startsWith(tag + " OK")) {
                return;
            }
            if (line.startsWith(tag + " ")) {
                throw new IOException("refused: " + line);
            }
            each.accept(line);
        }
    }

    /** Opens a mailbox and returns how many messages it has. */
    public int select(String mailbox) throws IOException {
        String tag = tag();
        wire.send(tag + " SELECT \"" + mailbox + "\"\r\n");
        int exists = -1;
        while (true) {
            String line = wire.line();
            if (line.startsWith(tag + " OK") && exists >= 0) {
                return exists;
            }
            if (line.startsWith(tag + " ")) {
                throw new IOException("refused: " + line);
            }
            if (line.matches("\\* \\d+ EXISTS")) {
                exists = Integer.parseInt(line.split(" ")[1]);
            }
        }
    }

    /** Whether there is such a mailbox. */
    public boolean has(String mailbox) throws IOException {
        String tag = tag();
        wire.send(tag + " LIST \"\" \"" + mailbox + "\"\r\n");
        boolean found = false;
        while (true) {
            String line = wire.line();
            if (line.startsWith(tag + " ")) {
                return found;
            }
            found |= line.startsWith("* LIST");
        }
    }

    /** Appends a message with the literal sent at once, RFC 7888. */
    public void append(String mailbox, byte[] message) throws IOException {
        String tag = tag();
        byte[] command = (tag + " APPEND \"" + mailbox + "\" (\\Seen) {" + message.length + "+}\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[command.length + message.length + 2];
        System.arraycopy(command, 0, octets, 0, command.length);
        System.arraycopy(message, 0, octets, command.length, message.length);
        octets[octets.length - 2] = '\r';
        octets[octets.length - 1] = '\n';
        wire.send(octets);
        wire.skipTagged(tag);
    }

    /** Begins to idle, RFC 2177. From then on {@link #awaitExists()}, until {@link #done()}. */
    public void idle() throws IOException {
        wire.send(tag() + " IDLE\r\n");
        String line = wire.line();
        while (line.startsWith("* ")) {
            line = wire.line();
        }
        if (!line.startsWith("+")) {
            throw new IOException("refused: " + line);
        }
    }

    /** Waits until the server says that there is a message more. */
    public void awaitExists() throws IOException {
        while (!wire.line().endsWith(" EXISTS")) {
            // Whatever else it says is of no interest.
        }
    }

    /** Ends an IDLE. */
    public void done() throws IOException {
        wire.send("DONE\r\n");
        wire.skipTagged(String.format(Locale.ROOT, "tAg%06d", commands));
    }

    /** Ends the connection as clients do that have no time. */
    @Override
    public void close() throws IOException {
        wire.close();
    }

    /** Ends the connection in good order. */
    public void logout() throws IOException {
        try (wire) {
            command("LOGOUT");
        }
    }
}
