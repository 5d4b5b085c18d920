package org.moxmail.dkim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * A tag-list, RFC 6376 §3.2: {@code name = value; ...}, names unique and in their order. Values are without the white space
 * around them; folding inside is still there.
 */
final class TagList {
    private static final String RFC = "RFC 6376 §3.2";

    /** A value and where it starts in the text. */
    record Tag(String value, int offset) {}

    private final Map<String, Tag> tags;
    private final int length;

    private TagList(Map<String, Tag> tags, int length) {
        this.tags = tags;
        this.length = length;
    }

    /**
     * Reads the part of a text from an offset.
     *
     * @throws SyntaxException with the offset in chars of the whole text
     */
    static TagList parse(String text, int from, int to) throws SyntaxException {
        Map<String, Tag> tags = new LinkedHashMap<>();
        int at = from;
        while (true) {
            at = skipWhite(text, at, to);
            if (at == to && !tags.isEmpty()) {
                // Blanks behind the last semicolon are in many key records; erratum 5070.
                return new TagList(tags, to);
            }
            int nameEnd = nameEnd(text, at, to);
            String name = text.substring(at, nameEnd);
            int equals = skipWhite(text, nameEnd, to);
            if (equals == to || text.charAt(equals) != '=') {
                throw new SyntaxException(equals, "an equals sign behind a tag's name", RFC);
            }
            int valueFrom = skipWhite(text, equals + 1, to);
            int semicolon = valueEnd(text, valueFrom, to);
            int valueTo = semicolon;
            while (valueTo > valueFrom && isWhite(text.charAt(valueTo - 1))) {
                valueTo--;
            }
            if (tags.put(name, new Tag(text.substring(valueFrom, valueTo), valueFrom)) != null) {
                throw new SyntaxException(at, "tag " + name + "= only once", RFC);
            }
            if (semicolon == to) {
                return new TagList(tags, to);
            }
            at = semicolon + 1;
        }
    }

    private static int nameEnd(String text, int from, int to) throws SyntaxException {
        int i = from;
        while (i < to && isNameChar(text.charAt(i), i == from)) {
            i++;
        }
        if (i == from) {
            throw new SyntaxException(from, "a tag's name", RFC);
        }
        return i;
    }

    private static boolean isNameChar(char c, boolean first) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || !first && (c >= '0' && c <= '9' || c == '_');
    }

    private static int valueEnd(String text, int from, int to) throws SyntaxException {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (c > ' ') {
                if (c == ';') {
                    return i;
                }
                if (c == 0x7f) {
                    throw new SyntaxException(i, "no control character", RFC);
                }
                i += c < 0x7f ? 1 : width(text, i);
            } else {
                int next = skipWhite(text, i, to);
                if (next == i) {
                    throw new SyntaxException(i, "no control character", RFC);
                }
                i = next;
            }
        }
        return to;
    }

    /** Chars of the character at a place; a lone surrogate must be one that stands for an octet. */
    private static int width(String text, int at) throws SyntaxException {
        char c = text.charAt(at);
        if (!Character.isSurrogate(c)) {
            return 1;
        }
        if (Character.isSupplementaryCodePoint(text.codePointAt(at))) {
            return 2;
        }
        if (c < 0xdc80 || c > 0xdcff) {
            throw new SyntaxException(at, "well-formed UTF-8", "RFC 6532 §3.1");
        }
        return 1;
    }

    /** Skips folding white space: blanks, and line ends that a blank or the end of the text follows. */
    private static int skipWhite(String text, int from, int to) throws SyntaxException {
        int i = from;
        while (i < to && isWhite(text.charAt(i))) {
            char c = text.charAt(i);
            if (c == '\r' && (i + 1 == to || text.charAt(i + 1) != '\n')) {
                throw new SyntaxException(i, "no lone CR", "RFC 5322 §2.2");
            }
            if (c == '\n' && i + 1 < to && text.charAt(i + 1) != ' ' && text.charAt(i + 1) != '\t') {
                throw new SyntaxException(i, "folding white space", "RFC 5322 §2.2.3");
            }
            i++;
        }
        return i;
    }

    static boolean isWhite(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The tag, if there is one of that name. */
    @Nullable
    Tag find(String name) {
        return tags.get(name);
    }

    /** The tag of that name. */
    Tag require(String name, String rfc) throws SyntaxException {
        Tag tag = tags.get(name);
        if (tag == null) {
            throw new SyntaxException(length, "a tag " + name + "=", rfc);
        }
        return tag;
    }

    /** The name of the first tag. */
    String firstName() {
        return tags.keySet().iterator().next();
    }

    /** The items of a value with colons between, without the white space around each; each must be as told. */
    static List<String> items(Tag tag, String what, String rfc, Predicate<String> valid) throws SyntaxException {
        List<String> items = new ArrayList<>();
        String value = tag.value();
        int from = 0;
        while (true) {
            int colon = value.indexOf(':', from);
            int to = colon < 0 ? value.length() : colon;
            String item = trim(value, from, to);
            if (!valid.test(item)) {
                throw new SyntaxException(tag.offset() + from, what, rfc);
            }
            items.add(item);
            if (colon < 0) {
                return items;
            }
            from = colon + 1;
        }
    }

    private static String trim(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@code hyphenated-word}, RFC 6376 §2.10. */
    static boolean isHyphenatedWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alpha = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            boolean inner = i > 0 && i < text.length() - 1;
            if (!(alpha || i > 0 && digit || inner && c == '-')) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
