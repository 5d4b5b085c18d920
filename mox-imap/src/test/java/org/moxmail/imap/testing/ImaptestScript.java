package org.moxmail.imap.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a script of Dovecot's imaptest: commands, the result each has to have, and untagged responses that have to come. */
final class ImaptestScript {
    private static final Path FOLDER = Path.of("src/test/resources/imaptest");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\{[^}]*\\}|[a-zA-Z0-9_]*)");

    private final Map<String, String> header = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>(Map.of("mailbox", "imaptest"));
    private final List<String> lines = new ArrayList<>();
    private final List<String> mbox;
    private final List<LineClient> clients = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Set<String> skipped;
    private final List<String> failures = new ArrayList<>();
    private int nextMessage;
    private int tags;
    private String waiting = "";

    /** @param skipped first lines of commands that aren't run, and expectations that aren't looked at */
    ImaptestScript(String name, Set<String> skipped) throws IOException {
        this.skipped = skipped;
        List<String> all = Files.readAllLines(FOLDER.resolve(name), StandardCharsets.ISO_8859_1);
        int body = 0;
        while (all.get(body).matches("[a-z_]+: .*")) {
            String[] field = all.get(body++).split(": ", 2);
            header.put(field[0], field[1]);
        }
        join(all.subList(body, all.size()));
        Path messages = FOLDER.resolve(name + ".mbox");
        mbox = messages(Files.exists(messages) ? messages : FOLDER.resolve("default.mbox"));
    }

    /** Puts the lines of a literal behind the one that it starts on. */
    private void join(List<String> raw) {
        StringBuilder line = new StringBuilder();
        boolean literal = false;
        for (String each : raw) {
            if (!literal && line.isEmpty() && each.startsWith("#")) {
                continue;
            }
            line.append(line.isEmpty() ? "" : "\n").append(each);
            int opened = line.toString().split("\\{\\{\\{", -1).length;
            int closed = line.toString().split("\\}\\}\\}", -1).length;
            literal = opened > closed;
            if (!literal) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
    }

    private static List<String> messages(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        for (String message :
                Files.readString(file, StandardCharsets.ISO_8859_1).split("(?m)^From .*\n")) {
            if (!message.isEmpty()) {
                // The empty line before the next From belongs to the format.
                String text = message.endsWith("\n\n") ? message.substring(0, message.length() - 1) : message;
                found.add(text.replace("\n", "\r\n"));
            }
        }
        return found;
    }

    void run(TestServer server, String user, String password) throws IOException {
        int connections = Integer.parseInt(header.getOrDefault("connections", "1"));
        String state = header.getOrDefault("state", "selected");
        for (int i = 0; i < connections; i++) {
            LineClient client = server.connect();
            client.read();
            clients.add(client);
            must(i, "LOGIN \"" + user + "\" \"" + password + "\"");
        }
        if (!state.equals("auth")) {
            must(0, "CREATE imaptest");
        }
        if (state.equals("appended") || state.equals("selected")) {
            String count = header.getOrDefault("messages", "all");
            int messages = count.equals("all") ? mbox.size() : Integer.parseInt(count);
            for (int i = 0; i < messages; i++) {
                must(0, append("append"));
            }
        }
        if (state.equals("selected")) {
            for (int i = 0; i < connections; i++) {
                must(i, "SELECT imaptest");
            }
        }
        play(connections);
        check();
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    private void must(int client, String command) throws IOException {
        if (!send(client, "s" + ++tags, command).startsWith("OK")) {
            throw new AssertionError(command);
        }
    }

    private void play(int connections) throws IOException {
        List<String> open = new ArrayList<>();
        boolean skip = false;
        for (String line : lines) {
            if (line.isBlank()) {
                skip = false;
                continue;
            }
            if (line.startsWith("* ") || line.startsWith("! ") || line.startsWith("? ")) {
                if (!skip && !skipped.contains(line)) {
                    expected.add(line);
                }
                continue;
            }
            String rest = line;
            int client = 0;
            if (connections > 1) {
                client = Integer.parseInt(line.substring(0, line.indexOf(' '))) - 1;
                rest = line.substring(line.indexOf(' ') + 1);
            }
            String word = rest.split("[ \n]", 2)[0].toLowerCase(Locale.ROOT);
            boolean result = word.equals("ok") || word.equals("no") || word.equals("bad") || word.equals("\"\"");
            if (skipped.contains(rest.split("\n", 2)[0])) {
                skip = true;
            } else if (word.matches("tag[0-9]+")) {
                String what = rest.substring(word.length() + 1);
                if (what.equals("ok")) {
                    waiting = "OK";
                    result(word, answer(client, word), line);
                    open.remove(word);
                    waiting = "";
                } else {
                    if (open.isEmpty()) {
                        check();
                    }
                    open.add(word);
                    clients.get(client).line(word + " " + fill(what));
                }
            } else if (result && waiting.startsWith("?")) {
                result(word, waiting.substring(1), line);
                waiting = "";
            } else if (result) {
                check();
                result(word, send(client, "c" + ++tags, command(rest.substring(word.length() + 1))), line);
            } else {
                check();
                waiting = "?" + send(client, "c" + ++tags, command(rest));
            }
        }
    }

    private void result(String word, String answer, String line) {
        String wanted = word.startsWith("tag") ? "ok" : word;
        boolean matches =
                wanted.equals("\"\"") || answer.toLowerCase(Locale.ROOT).startsWith(wanted + " ");
        String prefix = line.contains("[") && line.endsWith("]") ? line.substring(line.indexOf('[')) : "";
        if (waiting.startsWith("?") && !prefix.isEmpty()) {
            matches &= answer.toLowerCase(Locale.ROOT).contains(prefix.toLowerCase(Locale.ROOT));
        }
        if (!matches) {
            failures.add(line + "\n  was answered " + answer);
        }
    }

    private String command(String text) {
        String filled = fill(text);
        return filled.startsWith("append") ? append(filled) : filled;
    }

    /** APPEND without a literal is meant with the next message. */
    private String append(String command) {
        if (command.contains("{{{")) {
            return command;
        }
        String message = mbox.get(nextMessage++ % mbox.size());
        String target = command.equals("append") ? "append imaptest" : command;
        return target + " {" + message.length() + "+}\r\n" + message;
    }

    /** Sends a command and returns what its tagged response says. */
    private String send(int client, String tag, String command) throws IOException {
        variables.put("tag", tag);
        StringBuilder wire = new StringBuilder(tag + " ");
        String rest = command;
        for (int start = rest.indexOf("{{{\n"); start >= 0; start = rest.indexOf("{{{\n")) {
            int end = rest.indexOf("\n}}}");
            String literal = rest.substring(start + 4, end).replace("\n", "\r\n");
            wire.append(rest, 0, start)
                    .append("{" + literal.length() + "+}\r\n")
                    .append(literal);
            rest = rest.substring(end + 4);
        }
        clients.get(client).raw(wire + rest + "\r\n");
        return answer(client, tag);
    }

    private String answer(int client, String tag) throws IOException {
        LineClient from = clients.get(client);
        while (true) {
            StringBuilder line = new StringBuilder(String.valueOf(from.read()));
            Matcher literal = Pattern.compile("~?\\{([0-9]+)\\}$").matcher(line);
            while (literal.find()) {
                int size = Integer.parseInt(literal.group(1));
                line.setLength(literal.start());
                line.append('"')
                        .append(from.read(size).replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
                line.append(from.read());
                literal = Pattern.compile("~?\\{([0-9]+)\\}$").matcher(line);
            }
            String text = line.toString();
            if (text.startsWith(tag + " ")) {
                return text.substring(tag.length() + 1);
            }
            if (text.equals("null")) {
                throw new AssertionError("the connection ended");
            }
            heard.add(text);
        }
    }

    private String fill(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> {
                    String name = match.group(1).replaceAll("[{}]", "");
                    String value = variables.get(name);
                    return Matcher.quoteReplacement(
                            text.startsWith("$$", Math.max(0, match.start()))
                                    ? ""
                                    : value == null ? match.group() : value);
                })
                .replace("$$", "$");
    }

    /** Compares what was expected of the last command with what was heard. */
    private void check() {
        for (String line : expected) {
            boolean found = false;
            String shifted = line;
            for (String each : heard) {
                found |= ImaptestMatch.matches(shifted.substring(2), each.substring(2), variables);
                Matcher expunge = Pattern.compile("\\* ([0-9]+) EXPUNGE").matcher(each);
                if (expunge.matches() && !found) {
                    shifted = ImaptestMatch.shift(shifted, Integer.parseInt(expunge.group(1)));
                }
            }
            if (line.startsWith("*") && !found || line.startsWith("!") && found) {
                failures.add(line + "\n  but heard\n    " + String.join("\n    ", heard));
            }
        }
        expected.clear();
        heard.clear();
    }
}
