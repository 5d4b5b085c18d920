package org.moxmail.message;

import java.util.Locale;
import java.util.Set;

/**
 * Text of HTML as a reader would see it, roughly, for previews: one pass over the markup, which may be broken anyhow.
 * Elements that aren't shown are left out, block elements break lines, quotes get a mark.
 */
final class HtmlText {
    /** Text after which nothing more is read, in chars. */
    private static final int ENOUGH = 4096;

    /** Elements that aren't shown, or are no text. */
    private static final Set<String> IGNORED =
            Set.of("head", "script", "style", "svg", "math", "template", "map", "dialog", "title", "noframes");

    /** Elements whose content has no markup but their end tag. */
    private static final Set<String> RAW = Set.of("script", "style", "title", "textarea", "noframes", "xmp");

    /** Elements that don't break a line. */
    private static final Set<String> INLINE = Set.of(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "button",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
            "input",
            "ins",
            "kbd",
            "label",
            "mark",
            "meter",
            "nobr",
            "o:p",
            "output",
            "picture",
            "progress",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "source",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "td",
            "th",
            "time",
            "tt",
            "u",
            "var",
            "wbr",
            "html",
            "meta",
            "link",
            "base",
            "object",
            "embed",
            "select",
            "option");

    private final String html;
    private int at;
    private String ignoring = "";
    private int ignoredDepth;
    private int quotes;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private boolean space;
    private int invisible;
    private char heldInvisible;

    HtmlText(String html) {
        this.html = html;
    }

    String read() {
        while (at < html.length() && text.length() + line.length() < ENOUGH) {
            char c = html.charAt(at);
            if (c == '<' && at + 1 < html.length() && markup()) {
                continue;
            }
            if (c == '&') {
                entity();
            } else {
                at++;
                show(c);
            }
        }
        endLine();
        return text.toString();
    }

    /** Passes a tag, comment or declaration; false when the {@code <} is text. */
    private boolean markup() {
        char next = html.charAt(at + 1);
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return true;
        }
        if (next == '!' || next == '?') {
            int end = html.indexOf('>', at);
            at = end < 0 ? html.length() : end + 1;
            return true;
        }
        boolean closing = next == '/';
        int from = at + (closing ? 2 : 1);
        if (from >= html.length() || !isLetter(html.charAt(from))) {
            return false;
        }
        int to = from;
        while (to < html.length() && !isSpace(html.charAt(to)) && html.charAt(to) != '>' && html.charAt(to) != '/') {
            to++;
        }
        String name = html.substring(from, Math.min(to, from + 20)).toLowerCase(Locale.ROOT);
        boolean empty = toTagEnd(to);
        if (closing) {
            end(name);
        } else {
            start(name, empty);
        }
        return true;
    }

    /** Goes behind the tag; whether it ends itself. */
    private boolean toTagEnd(int from) {
        char quote = 0;
        char before = 0;
        for (int i = from; i < html.length(); i++) {
            char c = html.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                at = i + 1;
                return before == '/';
            } else if ((c == '"' || c == '\'') && before == '=') {
                quote = c;
            }
            if (!isSpace(c)) {
                before = c;
            }
        }
        at = html.length();
        return false;
    }

    private void start(String name, boolean empty) {
        if (!ignoring.isEmpty()) {
            if (name.equals("body") && ignoring.equals("head")) {
                // The head's end tag may be left out.
                ignoring = "";
            } else if (name.equals(ignoring) && !empty) {
                ignoredDepth++;
            }
            return;
        }
        if (IGNORED.contains(name)) {
            if (!empty) {
                ignoring = name;
                ignoredDepth = 1;
                if (RAW.contains(name)) {
                    skipRaw(name);
                }
            }
            return;
        }
        if (name.equals("blockquote")) {
            endLine();
            quotes++;
        } else if (!INLINE.contains(name)) {
            endLine();
        }
    }

    private void skipRaw(String name) {
        while (at < html.length()) {
            int tag = html.indexOf("</", at);
            if (tag < 0) {
                at = html.length();
                return;
            }
            at = tag;
            if (html.regionMatches(true, tag + 2, name, 0, name.length())) {
                return;
            }
            at = tag + 2;
        }
    }

    private void end(String name) {
        if (!ignoring.isEmpty()) {
            if (name.equals(ignoring) && --ignoredDepth == 0) {
                ignoring = "";
            }
            return;
        }
        if (name.equals("td") || name.equals("th")) {
            space = true;
        } else if (!INLINE.contains(name)) {
            endLine();
        }
        if (name.equals("blockquote") && quotes > 0) {
            quotes--;
        }
    }

    private void entity() {
        int limit = Math.min(html.length(), at + HtmlEntities.MAX_LENGTH + 2);
        int semicolon = at + 1;
        while (semicolon < limit && html.charAt(semicolon) != ';') {
            semicolon++;
        }
        String decoded = semicolon < limit ? HtmlEntities.decode(html.substring(at + 1, semicolon)) : "";
        if (decoded.isEmpty()) {
            at++;
            show('&');
            return;
        }
        at = semicolon + 1;
        for (int i = 0; i < decoded.length(); i++) {
            show(decoded.charAt(i));
        }
    }

    private void show(char c) {
        if (!ignoring.isEmpty()) {
            return;
        }
        if (isSpace(c) || c == '\u00a0' || c == '\u2007' || c == '\u202f') {
            space = true;
            return;
        }
        if (isInvisible(c)) {
            invisible++;
            heldInvisible = c;
            return;
        }
        if (space && !line.isEmpty()) {
            line.append(' ');
        } else if (invisible == 1 && !line.isEmpty()) {
            // One alone joins letters or emoji; several are padding.
            line.append(heldInvisible);
        }
        space = false;
        invisible = 0;
        line.append(c);
    }

    private static boolean isInvisible(char c) {
        return c >= '\u200b' && c <= '\u200f' || c == '\u2060' || c == '\ufeff' || c == '\u034f' || c == '\u00ad';
    }

    private void endLine() {
        space = false;
        invisible = 0;
        if (line.isEmpty()) {
            return;
        }
        text.append("> ".repeat(Math.min(quotes, 10))).append(line).append('\n');
        line.setLength(0);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
