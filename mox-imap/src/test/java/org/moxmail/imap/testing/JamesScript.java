package org.moxmail.imap.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Plays a script of Apache James's MPT. Of the answers the tagged status is compared, and of the untagged data SEARCH,
 * EXISTS, EXPUNGE and FETCH, of literals the size; flags other than {@code \\Recent}, which isn't there any more.
 */
final class JamesScript {
    private static final Path FOLDER = Path.of("src/test/resources/james-mpt");
    private static final Pattern LITERAL = Pattern.compile("\\\\\\* \\d+ FETCH \\\\\\((.*) \\\\\\{(\\d+)\\\\\\}\\s*");
    private static final Pattern FLAGS =
            Pattern.compile("\\\\\\* (\\d+) FETCH \\\\\\(FLAGS \\\\\\(([^)]*)\\\\\\)( UID \\d+)?\\\\\\)");
    private static final Pattern TAGGED = Pattern.compile("^([A-Za-z0-9]+) (OK|NO|BAD)\\b.*");

    /** Nothing is recent here; SEARCH BODY looks at text, not at what else is between a message's parts; no PARTIAL. */
    private static final Pattern NOT_COMPARED =
            Pattern.compile(".* SEARCH (NEW|OLD|RECENT|BODY the|RETURN \\(PARTIAL.*)");

    private final TestServer server;
    private final Map<String, LineClient> sessions = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private String command = "";

    JamesScript(TestServer server) {
        this.server = server;
    }

    List<String> differences() {
        return differences;
    }

    /** Opens the first session, logged in or not. */
    void start(boolean login) throws IOException {
        session("1", login);
    }

    private LineClient session(String name, boolean login) throws IOException {
        LineClient client = sessions.get(name);
        if (client == null) {
            client = server.connect();
            client.read();
            if (login) {
                client.command("l LOGIN imapuser password");
            }
            sessions.put(name, client);
        }
        return client;
    }

    LineClient first() throws IOException {
        return session("1", true);
    }

    void play(String script) throws IOException {
        LineClient client = first();
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve(script), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("C:")) {
                settle(client, expected);
                command = line;
                client.line(tidy(line.length() > 3 ? line.substring(3) : ""));
            } else if (line.startsWith("S:")) {
                expected.add(line.length() > 3 ? line.substring(3) : "");
            } else if (line.startsWith("SESSION:")) {
                settle(client, expected);
                client = session(line.substring(8).strip(), true);
            }
        }
        settle(client, expected);
    }

    /** RFC 9051 §9 has one space where James takes several. */
    private static String tidy(String line) {
        boolean command =
                line.matches("[A-Za-z0-9]+ (?i)(STORE|FETCH|SEARCH|STATUS|UID|LSUB|SUBSCRIBE|UNSUBSCRIBE|ID)\\b.*");
        return command
                ? line.replaceAll(" +", " ")
                        .replaceAll("([(\\[]) ", "$1")
                        .replaceAll(" ([)\\]])", "$1")
                        .strip()
                : line;
    }

    /** Reads what the expectations are about, up to the tagged line in them. */
    private void settle(LineClient client, List<String> expected) throws IOException {
        String tag = null;
        String status = "";
        for (String line : expected) {
            Matcher tagged = TAGGED.matcher(line);
            if (tagged.matches()) {
                tag = tagged.group(1);
                status = tagged.group(2);
            }
        }
        if (tag == null) {
            boolean asked = expected.stream().anyMatch(line -> line.startsWith("\\+"));
            if (asked) {
                String line = String.valueOf(client.read());
                if (!line.startsWith("+")) {
                    differences.add("no continuation but " + line);
                }
            } else if (!expected.isEmpty() && !expected.getFirst().contains("BYE")) {
                // Anything may come: the answer to a command is read all the same.
                client.read();
            }
            expected.clear();
            return;
        }
        List<String> actual = new ArrayList<>(client.answer(tag).lines().toList());
        String last = actual.isEmpty() ? "(nothing)" : actual.removeLast();
        boolean compared = !NOT_COMPARED.matcher(command).matches();
        if (compared && !last.startsWith(tag + " " + status)) {
            differences.add(tag + " " + status + " but " + last);
        }
        if (compared) {
            compare(expected, actual);
        }
        expected.clear();
    }

    private void compare(List<String> expected, List<String> actual) {
        for (String line : expected) {
            boolean data = line.matches("\\\\\\* (SEARCH|\\d+ (EXISTS|EXPUNGE|FETCH)).*");
            Matcher literal = LITERAL.matcher(line);
            boolean found = literal.matches()
                    ? announced(literal.group(1).replace("\\", ""), literal.group(2), actual)
                    : found(line, actual);
            if (data && !found) {
                differences.add(line + "\n    but " + actual);
            }
        }
    }

    /** Whether a literal of a size came for an item, wherever among the items. */
    private static boolean announced(String item, String size, List<String> actual) {
        int start = Math.max(item.indexOf("BODY["), item.indexOf("RFC822"));
        String name = item.substring(Math.max(0, start));
        return actual.stream()
                .anyMatch(line ->
                        line.toUpperCase(Locale.ROOT).contains(name.toUpperCase(Locale.ROOT) + " {" + size + "}"));
    }

    private static Set<String> words(String flags) {
        Set<String> words = new HashSet<>(List.of(flags.replace("\\\\", "\\").split(" ")));
        words.remove("\\Recent");
        return words.isEmpty() ? Set.of("") : words;
    }

    private static boolean found(String expected, List<String> actual) {
        Matcher flags = FLAGS.matcher(expected);
        if (flags.matches()) {
            return actual.stream().anyMatch(line -> {
                Matcher told = Pattern.compile("\\* (\\d+) FETCH \\(UID \\d+ FLAGS \\((.*)\\)\\)")
                        .matcher(line);
                return told.matches()
                        && told.group(1).equals(flags.group(1))
                        && Set.of(told.group(2).split(" ")).equals(words(flags.group(2)));
            });
        }
        // Nothing is recent here, and the UID comes first when there is one.
        String wanted = expected.replaceAll(" ?\\\\\\\\Recent", "").replaceAll("\\(\\\\\\\\Recent\\)", "()");
        boolean uid = wanted.contains("UID");
        Pattern pattern;
        try {
            pattern = Pattern.compile(wanted.strip(), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            return true;
        }
        return actual.stream().anyMatch(line -> {
            String without = line.replaceFirst("^(\\* \\d+ FETCH \\()UID \\d+ ", "$1");
            Matcher first =
                    Pattern.compile("^(\\* \\d+ FETCH \\()(UID \\d+) (.*)\\)$").matcher(line);
            String uidLast = first.matches() ? first.group(1) + first.group(3) + " " + first.group(2) + ")" : line;
            return uid
                    ? pattern.matcher(line).matches()
                            || pattern.matcher(uidLast).matches()
                    : pattern.matcher(without).matches();
        });
    }
}
