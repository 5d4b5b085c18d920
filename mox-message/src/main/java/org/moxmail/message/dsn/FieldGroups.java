package org.moxmail.message.dsn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderField;

/** Cuts a delivery status into groups of fields, RFC 3464 §2.1: the message's, then one for each recipient. */
final class FieldGroups {
    private static final String RFC = "RFC 3464 §2.1";

    /**
     * A field.
     *
     * @param value unfolded
     * @param offset where it begins in the status, in chars
     */
    record Field(String name, String value, int offset) {
        String key() {
            return name.toLowerCase(Locale.ROOT);
        }

        boolean isRecipients() {
            return DsnRecipient.knows(name);
        }
    }

    private final String text;
    private final DsnLimits limits;
    private final Tolerance tolerance;
    private final List<List<Field>> groups = new ArrayList<>();
    private List<Field> group = new ArrayList<>();
    /** Names in the group, in lower case. */
    private final Set<String> names = new HashSet<>();

    FieldGroups(String text, DsnLimits limits, Tolerance tolerance) {
        this.text = text;
        this.limits = limits;
        this.tolerance = tolerance;
    }

    /** The groups, the message's first, which may be empty; each of the others has a field of a recipient. */
    List<List<Field>> read() throws SyntaxException {
        begin();
        int at = 0;
        while (at < text.length()) {
            int next = lineEnd(at);
            if (isBlankLine(at, next)) {
                at = next;
                blankLine(at);
                continue;
            }
            while (next < text.length() && isFold(next)) {
                next = lineEnd(next);
            }
            field(at, next);
            at = next;
        }
        return groups;
    }

    private void begin() throws SyntaxException {
        // One is the message's.
        if (groups.size() > limits.recipients()) {
            throw new SyntaxException(0, "at most " + limits.recipients() + " recipients", RFC);
        }
        group = new ArrayList<>();
        names.clear();
        groups.add(group);
    }

    /** Where the line behind the one at {@code from} begins. */
    private int lineEnd(int from) {
        int lineFeed = text.indexOf('\n', from);
        return lineFeed < 0 ? text.length() : lineFeed + 1;
    }

    private boolean isBlankLine(int from, int to) {
        return to - from == 1 && text.charAt(from) == '\n' || to - from == 2 && text.startsWith("\r\n", from);
    }

    private boolean isFold(int at) {
        return text.charAt(at) == ' ' || text.charAt(at) == '\t';
    }

    /** Several of them are one. What follows begins a group, if it has a field of a recipient. */
    private void blankLine(int next) throws SyntaxException {
        boolean fields = false;
        int at = next;
        while (at < text.length() && !isBlankLine(at, lineEnd(at))) {
            int end = lineEnd(at);
            int colon = isFold(at) ? -1 : colon(at, end);
            fields |= colon >= 0;
            if (colon >= 0 && DsnRecipient.knows(DsnText.strip(text.substring(at, colon)))) {
                if (!group.isEmpty() || groups.size() == 1) {
                    begin();
                }
                return;
            }
            at = end;
        }
        if (fields) {
            tolerance.use(DsnLeniency.GROUP_BROKEN, next, "a field of a recipient behind a blank line", RFC);
        }
    }

    private int colon(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private void field(int from, int to) throws SyntaxException {
        int colon = colon(from, to);
        String name = colon < 0 ? "" : DsnText.strip(text.substring(from, colon));
        if (!DsnText.isAtom(name)) {
            tolerance.use(DsnLeniency.LINE_WITHOUT_FIELD, from, "a field", RFC);
            return;
        }
        String value = new HeaderField(name, text.substring(colon + 1, endOfValue(colon + 1, to))).value();
        Field field = new Field(name, printable(value, from), from);
        if (field.isRecipients() && (groups.size() == 1 || beginsNext(field.key()))) {
            tolerance.use(DsnLeniency.GROUPS_JOINED, from, "a blank line before the fields of a recipient", RFC);
            begin();
        }
        if (group.size() == limits.fields()) {
            throw new SyntaxException(from, "at most " + limits.fields() + " fields of one recipient", RFC);
        }
        group.add(field);
        names.add(field.key());
    }

    private int endOfValue(int from, int to) {
        int end = to;
        while (end > from && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** Whether a field is the first of another recipient's. */
    private boolean beginsNext(String key) {
        boolean again = names.contains("final-recipient");
        return switch (key) {
            case "final-recipient" -> again;
            // Its place is before or behind Final-Recipient.
            case "original-recipient" ->
                again && (names.contains(key) || names.contains("action") && names.contains("status"));
            default -> false;
        };
    }

    private String printable(String value, int offset) throws SyntaxException {
        StringBuilder text = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f || c > 0x9f) {
                continue;
            }
            if (c != '\t') {
                tolerance.use(DsnLeniency.CONTROL_CHARACTER, offset, "no control characters", "RFC 5322 §3.2.5");
            }
            if (text == null) {
                text = new StringBuilder(value);
            }
            text.setCharAt(i, ' ');
        }
        return text == null ? value : DsnText.strip(text.toString());
    }
}
