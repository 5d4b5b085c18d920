package org.moxmail.dkim;

import java.util.List;
import org.moxmail.dns.SyntaxException;

/** Writes and opens the fields of signatures: name, tags in their order, folded to {@value #LINE} columns. */
final class FieldPrinter {
    /** Columns of a line, RFC 5322 §2.1.1 less two. */
    private static final int LINE = 76;

    private final StringBuilder field = new StringBuilder();
    private int column;
    private boolean first = true;

    FieldPrinter(String name) {
        field.append(name).append(':');
        column = name.length() + 1;
    }

    /** Adds a tag; a line may be folded in front of it. */
    FieldPrinter tag(String name, String value) {
        return tag(name, List.of(value), "");
    }

    /** Adds a tag with a list for value; a line may be folded behind each item's separator, too. */
    FieldPrinter tag(String name, List<String> items, String separator) {
        endTag();
        for (int i = 0; i < items.size(); i++) {
            String head = i == 0 ? name + "=" : "";
            String tail = i < items.size() - 1 ? separator : "";
            word(head + items.get(i) + tail, i == 0);
        }
        if (items.isEmpty()) {
            word(name + "=", true);
        }
        return this;
    }

    /** Adds a tag whose value may have white space anywhere, such as base64. */
    FieldPrinter wrapped(String name, String value) {
        endTag();
        word(name + "=", true);
        int from = 0;
        while (from < value.length()) {
            int room = LINE - column - 1;
            if (room <= 0) {
                field.append("\r\n\t");
                column = 1;
                room = LINE - 2;
            }
            int to = Math.min(value.length(), from + room);
            field.append(value, from, to);
            column += to - from;
            from = to;
        }
        return this;
    }

    private void endTag() {
        if (!first) {
            field.append(';');
            column++;
        }
        first = false;
    }

    private void word(String word, boolean space) {
        int width = word.length() + (space ? 1 : 0);
        // One column stays for the semicolon.
        if (column + width > LINE - 1 && column > 1) {
            field.append("\r\n\t");
            column = 1;
        } else if (space) {
            field.append(' ');
            column++;
        }
        field.append(word);
        column += word.length();
    }

    /** The field with its line end. */
    String print() {
        return field.append("\r\n").toString();
    }

    /**
     * Reads the tags of a whole field with its line end.
     *
     * @throws SyntaxException for another name or no CRLF; the offset is in chars of the field
     */
    static TagList open(String field, String name, String rfc) throws SyntaxException {
        int from = bodyOf(field, name, rfc);
        return TagList.parse(field, from, field.length() - 2);
    }

    /** Where the body of a whole field with its line end starts. */
    static int bodyOf(String field, String name, String rfc) throws SyntaxException {
        int colon = field.indexOf(':');
        int nameTo = Math.max(colon, 0);
        while (nameTo > 0 && (field.charAt(nameTo - 1) == ' ' || field.charAt(nameTo - 1) == '\t')) {
            nameTo--;
        }
        if (nameTo != name.length() || !field.regionMatches(true, 0, name, 0, nameTo)) {
            throw new SyntaxException(0, "a field " + name, rfc);
        }
        if (!field.endsWith("\r\n")) {
            throw new SyntaxException(field.length(), "CRLF", "RFC 5322 §2.2");
        }
        return colon + 1;
    }
}
