package org.moxmail.imap.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares a response with a pattern of imaptest: both are read as lists of words and lists. */
final class ImaptestMatch {
    private final Map<String, String> variables;
    private final Map<String, String> fresh = new HashMap<>();

    private ImaptestMatch(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Whether it matches; variables are set only then. */
    static boolean matches(String pattern, String response, Map<String, String> variables) {
        String wanted = pattern.replace("\n", "\r\n");
        String lower = response.toLowerCase(Locale.ROOT);
        if (lower.startsWith("ok [")) {
            return code(wanted, response, variables);
        }
        List<Object> expected = new Reader(wanted).list();
        List<Object> actual = new Reader(response).list();
        ImaptestMatch match = new ImaptestMatch(variables);
        String word = actual.size() > 1 && "fetch".equalsIgnoreCase(String.valueOf(actual.get(1)))
                ? "fetch"
                : String.valueOf(actual.get(0)).toLowerCase(Locale.ROOT);
        if (!match.list(expected, actual, word, "")) {
            return false;
        }
        variables.putAll(match.fresh);
        return true;
    }

    private static boolean code(String wanted, String response, Map<String, String> variables) {
        Matcher variable = Pattern.compile("\\$([a-z0-9_]+)").matcher(wanted);
        String name = variable.find() ? variable.group(1) : null;
        String regex = name == null
                ? Pattern.quote(wanted)
                : Pattern.quote(wanted.substring(0, variable.start())) + "([0-9]+)"
                        + Pattern.quote(wanted.substring(variable.end()));
        Matcher matcher =
                Pattern.compile(regex + ".*", Pattern.CASE_INSENSITIVE).matcher(response);
        if (!matcher.matches()) {
            return false;
        }
        if (name != null) {
            String known = variables.putIfAbsent(name, matcher.group(1));
            return known == null || known.equals(matcher.group(1));
        }
        return true;
    }

    /** {@code $n} stands for the message that had number n before the command. */
    static String shift(String pattern, int expunged) {
        Matcher number = Pattern.compile("^(. )\\$([0-9]+)").matcher(pattern);
        if (number.find() && Integer.parseInt(number.group(2)) > expunged) {
            return number.group(1) + "$" + (Integer.parseInt(number.group(2)) - 1) + pattern.substring(number.end());
        }
        return pattern;
    }

    private boolean list(List<Object> expected, List<Object> actual, String word, String key) {
        int chain = chain(expected, word, key);
        List<Object> wanted = new ArrayList<>();
        List<String> banned = new ArrayList<>();
        boolean noExtra = word.equals("fetch") && key.equals("flags");
        for (Object each : expected) {
            if (each instanceof String text && text.startsWith("$!")) {
                if (text.startsWith("$!ban=")) {
                    banned.add(text.substring(6));
                }
                noExtra |= text.equals("$!noextra");
            } else {
                wanted.add(each);
            }
        }
        if (chain == 0) {
            return ordered(wanted, actual, word, key.isEmpty());
        }
        for (String ban : banned) {
            if (actual.stream().anyMatch(each -> ban.equalsIgnoreCase(String.valueOf(each)))) {
                return false;
            }
        }
        if (noExtra && wanted.stream().filter(each -> !"\\recent".equals(each)).count() != actual.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i += chain) {
            if (!"\\recent".equals(wanted.get(i)) && !somewhere(wanted, i, chain, actual, word)) {
                return false;
            }
        }
        return true;
    }

    private boolean somewhere(List<Object> wanted, int at, int chain, List<Object> actual, String word) {
        for (int j = 0; j + chain <= actual.size(); j += chain) {
            String key = String.valueOf(actual.get(j)).toLowerCase(Locale.ROOT);
            boolean same = one(wanted.get(at), actual.get(j), word, key);
            if (same && (chain == 1 || one(wanted.get(at + 1), actual.get(j + 1), word, key))) {
                return true;
            }
        }
        return false;
    }

    private static int chain(List<Object> expected, String word, String key) {
        for (Object each : expected) {
            if (each instanceof String text && text.startsWith("$!unordered")) {
                return text.equals("$!unordered=2") ? 2 : 1;
            }
        }
        return switch (word) {
            case "fetch" -> key.equals("list") ? 2 : key.equals("flags") ? 1 : 0;
            case "list", "lsub" -> key.equals("list") ? 1 : 0;
            case "status" -> key.equals("list") ? 2 : 0;
            default -> 0;
        };
    }

    private boolean ordered(List<Object> wanted, List<Object> actual, String word, boolean outermost) {
        if (wanted.size() != actual.size()) {
            return false;
        }
        boolean first = outermost;
        for (int i = 0; i < wanted.size(); i++) {
            boolean top = first && actual.get(i) instanceof List;
            first &= !(actual.get(i) instanceof List);
            if (!one(wanted.get(i), actual.get(i), word, top ? "list" : "nested")) {
                return false;
            }
        }
        return true;
    }

    private boolean one(Object expected, Object actual, String word, String key) {
        if ("$".equals(expected)) {
            return true;
        }
        if (expected instanceof List<?> some && actual instanceof List<?> other) {
            return list(new ArrayList<>(some), new ArrayList<>(other), word, key);
        }
        if (!(expected instanceof String text) || !(actual instanceof String heard)) {
            return false;
        }
        Matcher whole = Pattern.compile("\\$\\{?([a-z0-9_]+)\\}?").matcher(text);
        if (whole.matches() && !variables.containsKey(whole.group(1))) {
            if (whole.group(1).matches("[0-9]+")) {
                return heard.equals(whole.group(1));
            }
            String before = fresh.putIfAbsent(whole.group(1), heard);
            return before == null || before.equals(heard);
        }
        String filled = Pattern.compile("\\$\\{?([a-z0-9_]+)\\}?")
                .matcher(text.replace("$$", "\0"))
                .replaceAll(match -> Matcher.quoteReplacement(
                        variables.getOrDefault(match.group(1), fresh.getOrDefault(match.group(1), ""))));
        return filled.replace("\0", "$").equalsIgnoreCase(heard);
    }

    /** Reads words, quoted strings, literals between triple braces, and lists. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Object> list() {
            List<Object> items = new ArrayList<>();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ')') {
                    at++;
                    return items;
                } else if (c == ' ' || c == '\r' || c == '\n') {
                    at++;
                } else if (c == '(') {
                    at++;
                    items.add(list());
                } else if (c == '"') {
                    items.add(quoted());
                } else if (text.startsWith("{{{", at)) {
                    int end = text.indexOf("\r\n}}}", at);
                    items.add(text.substring(at + 5, end));
                    at = end + 5;
                } else {
                    items.add(word());
                }
            }
            return items;
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (text.charAt(at) != '"') {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private String word() {
            int start = at;
            int brackets = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '[') {
                    brackets++;
                } else if (c == ']') {
                    brackets--;
                } else if (brackets == 0 && (c == ' ' || c == '(' || c == ')' || c == '\r')) {
                    break;
                }
                at++;
            }
            return text.substring(start, at);
        }
    }
}
