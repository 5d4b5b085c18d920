package org.moxmail.message;

/**
 * Walks over the fields of a header in an array: name and body as ranges, nothing copied. A line that neither continues a
 * field nor has a colon is skipped with its continuations, and so are continuations in front of the first field.
 */
final class HeaderScan {
    private static final byte[] NONE = {};

    private byte[] octets = NONE;
    private int end;
    private int next;
    private boolean skipped;

    private int fieldFrom;
    private int nameTo;
    private int valueFrom;
    private int valueTo;
    private boolean folded;

    private byte[] text = NONE;
    private int textFrom;
    private int textTo;
    private byte[] unfolded = NONE;

    HeaderScan() {}

    HeaderScan(byte[] octets, int from, int to) {
        begin(octets, from, to);
    }

    /** Walks over this header from here on. */
    void begin(byte[] header, int from, int to) {
        octets = header;
        next = from;
        end = to;
        skipped = false;
    }

    /** Goes to the next field; false when there is none. The empty line ends the header. */
    boolean next() {
        while (next < end) {
            int from = next;
            if (emptyLine(from)) {
                next = end;
                return false;
            }
            int lineEnd = lineEnd(from);
            next = lineEnd;
            while (next < end && isBlank(octets[next])) {
                next = lineEnd(next);
            }
            if (!isBlank(octets[from]) && findName(from, lineEnd)) {
                fieldFrom = from;
                folded = next > lineEnd;
                valueTo = withoutLineEnd(next);
                valueFrom = Math.min(valueFrom, valueTo);
                return true;
            }
            skipped = true;
        }
        return false;
    }

    private boolean emptyLine(int at) {
        return octets[at] == '\n' || octets[at] == '\r' && at + 1 < end && octets[at + 1] == '\n';
    }

    private int lineEnd(int from) {
        return Math.min(end, LineFeeds.find(octets, from, end) + 1);
    }

    private boolean findName(int from, int lineEnd) {
        for (int i = from; i < lineEnd; i++) {
            if (octets[i] == ':') {
                int to = i;
                // RFC 5322 §4.5: blanks between name and colon are obsolete, and read.
                while (to > from && isBlank(octets[to - 1])) {
                    to--;
                }
                nameTo = to;
                valueFrom = i + 1;
                return to > from;
            }
        }
        return false;
    }

    private int withoutLineEnd(int to) {
        int i = to;
        if (i > valueFrom && octets[i - 1] == '\n') {
            i--;
            if (i > valueFrom && octets[i - 1] == '\r') {
                i--;
            }
        }
        return i;
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    int nameLength() {
        return nameTo - fieldFrom;
    }

    /** Whether the field has this name, given in lower case. */
    boolean is(String lowerName) {
        int length = lowerName.length();
        if (length != nameLength()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte octet = octets[fieldFrom + i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
            if (lower != lowerName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String name() {
        return HeaderText.decode(octets, fieldFrom, nameTo);
    }

    /** What stands behind the colon, folded as it is. */
    String raw() {
        return HeaderText.decode(octets, valueFrom, valueTo);
    }

    /** The field's text: unfolded, without blanks at either end. */
    String value() {
        findText();
        return HeaderText.decode(text, textFrom, textTo);
    }

    /** Finds the field's text, unfolded and without blanks at either end: a range of {@link #text}. */
    void findText() {
        int from = valueFrom;
        int to = valueTo;
        while (from < to && isSpace(octets[from])) {
            from++;
        }
        while (to > from && isSpace(octets[to - 1])) {
            to--;
        }
        text = octets;
        textFrom = from;
        textTo = to;
        if (folded && LineFeeds.find(octets, from, to) < to) {
            unfold(from, to);
        }
    }

    /** Where the text that was found is. It holds until the next is looked for. */
    byte[] text() {
        return text;
    }

    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** A fold, and the blanks around it, becomes one space, as mail programs show it. */
    private void unfold(int from, int to) {
        if (unfolded.length < to - from) {
            unfolded = new byte[to - from + 64];
        }
        byte[] line = unfolded;
        int length = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] != '\n') {
                line[length++] = octets[i];
                continue;
            }
            while (length > 0 && isSpace(line[length - 1])) {
                length--;
            }
            while (i + 1 < to && isSpace(octets[i + 1])) {
                i++;
            }
            line[length++] = ' ';
        }
        text = line;
        textFrom = 0;
        textTo = length;
    }

    /** Where the field starts in the array. */
    int fieldFrom() {
        return fieldFrom;
    }

    /** Where the next field starts. */
    int fieldTo() {
        return next;
    }

    /** Whether a line was skipped so far. */
    boolean skipped() {
        return skipped;
    }
}
