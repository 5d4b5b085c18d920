package org.moxmail.imap.testing;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line has to look like: {@code …} stands for any text, {@code {name}} for the text that it stood for before or, the
 * first time, for a word, which is remembered. Names start with a letter, so a literal's announcement is plain text.
 */
final class LinePattern {
    private static final Pattern SPECIAL = Pattern.compile("…|\\{([a-z][a-zA-Z0-9]*)\\}");

    private LinePattern() {}

    /** Whether the line matches; words are remembered only then. */
    static boolean matches(String pattern, String line, Map<String, String> bound) {
        StringBuilder regex = new StringBuilder();
        java.util.List<String> names = new java.util.ArrayList<>();
        Matcher special = SPECIAL.matcher(pattern);
        int at = 0;
        while (special.find()) {
            regex.append(Pattern.quote(pattern.substring(at, special.start())));
            String name = special.group(1);
            if (name == null) {
                regex.append(".*");
            } else if (bound.containsKey(name)) {
                regex.append(Pattern.quote(bound.getOrDefault(name, "")));
            } else if (names.contains(name)) {
                regex.append("\\").append(names.indexOf(name) + 1);
            } else {
                names.add(name);
                regex.append("([^ \\[\\]()\"{}]+)");
            }
            at = special.end();
        }
        regex.append(Pattern.quote(pattern.substring(at)));
        Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            bound.put(names.get(i), matcher.group(i + 1));
        }
        return true;
    }

    /** The text with remembered words put in. */
    static String fill(String text, Map<String, String> bound) {
        Matcher special = SPECIAL.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (special.find()) {
            String name = special.group(1);
            String value = name == null ? null : bound.get(name);
            special.appendReplacement(filled, Matcher.quoteReplacement(value == null ? special.group() : value));
        }
        return special.appendTail(filled).toString();
    }
}
