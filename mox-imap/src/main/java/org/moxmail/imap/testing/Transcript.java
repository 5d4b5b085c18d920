package org.moxmail.imap.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ImapEvents;
import org.moxmail.imap.server.ImapOptions;
import org.moxmail.imap.server.ImapServerLimits;

/**
 * A recorded conversation of one or more clients with the server, which has to go exactly so. Its lines:
 *
 * <ul>
 *   <li>{@code # text} and empty lines say nothing.
 *   <li>{@code mailbox NAME} makes a mailbox; {@code messages NAME COUNT} puts small messages into one;
 *       {@code message NAME (FLAGS)} puts one there that consists of the following lines, each after {@code | }.
 *   <li>{@code use A, B} opens connections with these names and reads their greetings; {@code use A: login} logs in too,
 *       and {@code use A: select NAME} also selects a mailbox. What the server says to that isn't looked at.
 *   <li>{@code A C: text} sends a line; {@code A R: text} sends octets without a line end, where {@code \r}, {@code \n},
 *       {@code \0} and {@code \xHH} stand for octets.
 *   <li>{@code A S: pattern} expects a line, see {@link LinePattern}; {@code A S: EOF} expects the connection's end.
 *       The escapes of {@code R} stand for octets here too.
 *   <li>{@code @+31m} lets time pass, in seconds {@code s}, minutes {@code m} or hours {@code h}, once all connections wait.
 * </ul>
 *
 * Lines of the client and patterns are in UTF-8. Whatever the server sends that no line expects is an error.
 */
public final class Transcript {
    private static final String FOLDER = "transcripts/";

    private final String name;
    private final List<String> lines;

    private Transcript(String name, List<String> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /** Names of the transcripts that come with the library. */
    public static List<String> names() {
        return resource("index.txt").stream().filter(line -> !line.isBlank()).toList();
    }

    /** One of the transcripts that come with the library. */
    public static Transcript named(String name) {
        return new Transcript(name, resource(name + ".txt"));
    }

    /** A transcript from text. */
    public static Transcript of(String name, String text) {
        return new Transcript(name, text.lines().toList());
    }

    private static List<String> resource(String file) {
        try (InputStream in = Transcript.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript file " + file);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    /**
     * Plays it.
     *
     * @throws AssertionError when the server says something else
     */
    public void run(TranscriptHost host) throws IOException, InterruptedException {
        try (Run run = new Run(host)) {
            run.play();
        }
    }

    /** One playing. */
    private final class Run implements AutoCloseable {
        private final TranscriptHost host;
        private final TestServer server;
        private final AccountMail mail;
        private final Map<String, LineClient> clients = new LinkedHashMap<>();
        private final Map<String, String> bound = new HashMap<>();
        private final Set<String> idling = new HashSet<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int at;

        Run(TranscriptHost host) throws IOException {
            this.host = host;
            ImapEvents events = new ImapEvents() {
                @Override
                public void failed(org.moxmail.imap.server.ImapPeer peer, String command, Throwable cause) {
                    synchronized (failures) {
                        failures.add(cause);
                    }
                }
            };
            server = new TestServer(
                    host.service(), ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, host.timing(), events);
            mail = Fixtures.login(host);
        }

        void play() throws IOException, InterruptedException {
            while (at < lines.size()) {
                String line = lines.get(at++);
                if (!line.isBlank() && !line.startsWith("#")) {
                    step(line);
                }
            }
            for (String client : List.copyOf(clients.keySet())) {
                end(client);
            }
            synchronized (failures) {
                for (Throwable failure : failures) {
                    throw new AssertionError(name + ": the server failed", failure);
                }
            }
        }

        private void end(String client) throws IOException {
            LineClient connection = client(client);
            connection.finish();
            String extra = connection.read();
            if (extra != null) {
                fail(client + " heard at the end: " + extra);
            }
            connection.close();
            clients.remove(client);
        }

        private void step(String line) throws IOException, InterruptedException {
            if (line.startsWith("@+")) {
                pass(line.substring(2));
            } else if (line.startsWith("use ")) {
                use(line.substring(4));
            } else if (line.startsWith("mailbox ")) {
                Fixtures.mailbox(mail, line.substring(8));
            } else if (line.startsWith("messages ")) {
                int space = line.lastIndexOf(' ');
                Fixtures.messages(mail, line.substring(9, space), Integer.parseInt(line.substring(space + 1)));
            } else if (line.startsWith("message ")) {
                int flags = line.indexOf(" (");
                Fixtures.message(
                        mail, line.substring(8, flags), line.substring(flags + 2, line.length() - 1), quoted());
            } else {
                talk(line);
            }
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            while (at < lines.size() && lines.get(at).startsWith("|")) {
                String line = lines.get(at++);
                text.append(octets(line.length() > 2 ? line.substring(2) : "")).append("\r\n");
            }
            return text.toString();
        }

        private void pass(String time) throws InterruptedException {
            // Each connection waits for its client, IDLE for changes too, and the watchdog for its next look.
            host.timing().awaitWaiters(clients.isEmpty() ? 0 : clients.size() + idling.size() + 1);
            long count = Long.parseLong(time.substring(0, time.length() - 1));
            host.timing()
                    .advance(
                            switch (time.charAt(time.length() - 1)) {
                                case 's' -> Duration.ofSeconds(count);
                                case 'm' -> Duration.ofMinutes(count);
                                case 'h' -> Duration.ofHours(count);
                                default -> throw new IllegalArgumentException("time " + time);
                            });
        }

        private void use(String what) throws IOException {
            int colon = what.indexOf(':');
            String names = colon < 0 ? what : what.substring(0, colon);
            String state = colon < 0 ? "" : what.substring(colon + 1).strip();
            for (String each : names.split(",")) {
                LineClient client = server.connect();
                clients.put(each.strip(), client);
                client.read();
                if (!state.isEmpty()) {
                    must(client, "setup1 LOGIN \"" + host.user() + "\" \"" + host.password() + "\"");
                }
                if (state.startsWith("select ")) {
                    must(client, "setup2 SELECT " + octets(state.substring(7)));
                } else if (!state.isEmpty() && !state.equals("login")) {
                    fail("no state " + state);
                }
            }
        }

        private void must(LineClient client, String command) throws IOException {
            String answer = client.command(command);
            if (!answer.contains("\n" + command.substring(0, 6) + " OK")
                    && !answer.startsWith(command.substring(0, 6) + " OK")) {
                fail(command + " was answered " + answer);
            }
        }

        private void talk(String line) throws IOException {
            int space = line.indexOf(' ');
            int colon = line.indexOf(':', space);
            if (space < 0 || colon < 0) {
                fail("not understood: " + line);
            }
            String client = line.substring(0, space);
            String verb = line.substring(space + 1, colon);
            String text = line.length() > colon + 2 ? line.substring(colon + 2) : "";
            switch (verb) {
                case "C" -> send(client, octets(LinePattern.fill(text, bound)) + "\r\n");
                case "R" -> send(client, unescape(octets(LinePattern.fill(text, bound))));
                case "S" -> expect(client, text);
                default -> fail("not understood: " + line);
            }
        }

        private void send(String client, String octets) throws IOException {
            if (client(client).hasMore()) {
                fail(client + " heard before it spoke: " + client(client).read());
            }
            if (octets.endsWith(" IDLE\r\n")) {
                idling.add(client);
            } else {
                idling.remove(client);
            }
            client(client).raw(octets);
        }

        private void expect(String client, String pattern) throws IOException {
            String line = client(client).read();
            if (pattern.equals("EOF")) {
                if (line != null) {
                    fail(client + " heard " + line + " instead of the end");
                }
                client(client).close();
                clients.remove(client);
                idling.remove(client);
                return;
            }
            if (line == null) {
                fail(client + " heard the end instead of " + pattern);
                return;
            }
            String heard = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            if (!LinePattern.matches(unescape(pattern), heard, bound)) {
                fail(client + " heard\n  " + heard + "\ninstead of\n  " + pattern + "\nwith " + bound);
            }
        }

        private LineClient client(String client) {
            LineClient found = clients.get(client);
            if (found == null) {
                throw new IllegalArgumentException(name + ":" + at + ": no connection " + client);
            }
            return found;
        }

        private void fail(String what) {
            throw new AssertionError(name + ":" + at + ": " + what);
        }

        @Override
        public void close() {
            mail.close();
            server.close();
        }
    }

    /** UTF-8 octets, a character each. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            @Nullable String escape = null;
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(i + 1);
                escape = switch (next) {
                    case 'r' -> "\r";
                    case 'n' -> "\n";
                    case '0' -> "\0";
                    case 'x' ->
                        i + 3 < text.length()
                                ? String.valueOf((char) Integer.parseInt(text.substring(i + 2, i + 4), 16))
                                : null;
                    default -> null;
                };
                i += escape == null ? 0 : next == 'x' ? 3 : 1;
            }
            plain.append(escape == null ? String.valueOf(c) : escape);
        }
        return plain.toString();
    }
}
