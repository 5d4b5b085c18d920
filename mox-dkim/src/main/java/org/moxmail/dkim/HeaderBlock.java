package org.moxmail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.moxmail.message.HeaderText;

/**
 * The fields of a header as octets, found but not copied. LF ends a line as CRLF does, as it does for those who show the
 * message. A line that is no field, and what continues it, is passed over.
 */
final class HeaderBlock {
    /** Where field i starts, its name ends, its colon is and it ends with its line end: four numbers a field. */
    private int[] places = new int[4 * 32];

    private final byte[] octets;
    private final int end;
    /** Each name, in lower case, has a number; the lowest field of each; and for each field the next above it of its name, or -1. */
    private final Map<String, Integer> names = new HashMap<>();

    private int[] lowest = new int[32];
    private int[] above = new int[32];
    private int count;
    private boolean malformed;

    /** Reads all of an array, which isn't copied; an empty line ends the header. */
    HeaderBlock(byte[] octets, int end) {
        this.octets = octets;
        this.end = end;
        int at = 0;
        while (at < end && octets[at] != '\n' && !(octets[at] == '\r' && at + 1 < end && octets[at + 1] == '\n')) {
            int next = lineEnd(at, end);
            while (next < end && isBlank(octets[next])) {
                next = lineEnd(next, end);
            }
            add(at, next);
            at = next;
        }
    }

    /** Where the header in the first octets of a message ends, behind its empty line; -1 when it isn't all there. */
    static int find(byte[] octets, int from, int end) {
        // Starts at the beginning of a line.
        int at = from;
        while (at < end) {
            if (octets[at] == '\n') {
                return at + 1;
            }
            if (octets[at] == '\r' && at + 1 < end && octets[at + 1] == '\n') {
                return at + 2;
            }
            int line = at;
            while (line < end && octets[line] != '\n') {
                line++;
            }
            if (line == end) {
                return -1;
            }
            at = line + 1;
        }
        return -1;
    }

    private int lineEnd(int from, int end) {
        int i = from;
        while (i < end && octets[i] != '\n') {
            i++;
        }
        return Math.min(end, i + 1);
    }

    private void add(int from, int to) {
        int colon = from;
        while (colon < to && octets[colon] != ':' && octets[colon] != '\n') {
            colon++;
        }
        int nameTo = colon;
        while (nameTo > from && isBlank(octets[nameTo - 1])) {
            nameTo--;
        }
        if (colon == to || octets[colon] != ':' || nameTo == from || isBlank(octets[from])) {
            malformed = true;
            return;
        }
        for (int i = from; i < nameTo; i++) {
            malformed |= octets[i] <= ' ' || octets[i] == 0x7f;
        }
        if (count == above.length) {
            lowest = Arrays.copyOf(lowest, 2 * count);
            above = Arrays.copyOf(above, 2 * count);
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[4 * count] = from;
        places[4 * count + 1] = nameTo;
        places[4 * count + 2] = colon;
        places[4 * count + 3] = to;
        Integer known = names.putIfAbsent(lowerName(from, nameTo), names.size());
        int name = known == null ? names.size() - 1 : known;
        above[count] = known == null ? -1 : lowest[name];
        lowest[name] = count;
        count++;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    int count() {
        return count;
    }

    /** Whether a line was passed over, or a name has characters that none may have. */
    boolean malformed() {
        return malformed;
    }

    private String lowerName(int from, int to) {
        byte[] lower = new byte[to - from];
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            lower[i - from] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
        }
        return new String(lower, StandardCharsets.ISO_8859_1);
    }

    /** The lowest field of a name, given in lower case, which a signature takes first; -1 when there is none. */
    int lowest(String lowerName) {
        Integer name = names.get(lowerName);
        return name == null ? -1 : lowest[name];
    }

    /** The next field of the same name above, which a signature takes next; -1 when there is none. */
    int above(int field) {
        return above[field];
    }

    /** Takes fields as one signature does, RFC 6376 §5.4.2: of each name from the lowest upwards, each once. */
    final class Taking {
        private final int[] next = Arrays.copyOf(lowest, names.size());

        /** The next field of a name, given in lower case; -1 when there is none, or none is left. */
        int next(String lowerName) {
            Integer name = names.get(lowerName);
            if (name == null || next[name] < 0) {
                return -1;
            }
            int field = next[name];
            next[name] = above[field];
            return field;
        }
    }

    /** How many fields have a name, given in lower case. */
    int count(String lowerName) {
        int number = 0;
        for (int field = lowest(lowerName); field >= 0; field = above(field)) {
            number++;
        }
        return number;
    }

    /** The fields of a name, given in lower case, in their order. */
    List<Integer> inOrder(String lowerName) {
        List<Integer> order = new ArrayList<>();
        for (int field = lowest(lowerName); field >= 0; field = above(field)) {
            order.add(field);
        }
        Collections.reverse(order);
        return order;
    }

    /** Octets of the header. */
    int size() {
        return end;
    }

    int size(int field) {
        return places[4 * field + 3] - places[4 * field];
    }

    /** A whole field as text, always with CRLF at its end. */
    String text(int field) {
        int from = places[4 * field];
        int to = withoutLineEnd(field);
        return HeaderText.decode(octets, from, to) + "\r\n";
    }

    private int withoutLineEnd(int field) {
        int to = places[4 * field + 3];
        if (octets[to - 1] == '\n') {
            to--;
            if (to > places[4 * field + 2] + 1 && octets[to - 1] == '\r') {
                to--;
            }
        }
        return to;
    }

    /** Adds a field in canonical form, with CRLF. */
    void canonicalize(int field, Canonicalization canonicalization, HeaderHashInput out) {
        int from = places[4 * field];
        if (canonicalization == Canonicalization.SIMPLE) {
            out.simple(octets, from, withoutLineEnd(field));
        } else {
            int colon = places[4 * field + 2];
            out.relaxed(octets, from, places[4 * field + 1], colon + 1, withoutLineEnd(field));
        }
        out.lineEnd();
    }

    /** Adds a signature's own field in canonical form: with its b= emptied and without CRLF, RFC 6376 §3.7. */
    void canonicalizeOwn(int field, Canonicalization canonicalization, HeaderHashInput out) {
        canonicalizeOwn(withoutSignature(field), canonicalization, out);
    }

    /** As above, for a field with an empty b= that isn't in the header yet; given without its line end. */
    static void canonicalizeOwn(byte[] own, Canonicalization canonicalization, HeaderHashInput out) {
        if (canonicalization == Canonicalization.SIMPLE) {
            out.simple(own, 0, own.length);
            return;
        }
        int colon = 0;
        while (own[colon] != ':') {
            colon++;
        }
        int nameTo = colon;
        while (isBlank(own[nameTo - 1])) {
            nameTo--;
        }
        out.relaxed(own, 0, nameTo, colon + 1, own.length);
    }

    private byte[] withoutSignature(int field) {
        int from = places[4 * field];
        int to = withoutLineEnd(field);
        int tag = places[4 * field + 2] + 1;
        while (tag < to) {
            int end = tag;
            while (end < to && octets[end] != ';') {
                end++;
            }
            int equals = signatureEquals(tag, end);
            if (equals >= 0) {
                byte[] own = new byte[equals + 1 - from + to - end];
                System.arraycopy(octets, from, own, 0, equals + 1 - from);
                System.arraycopy(octets, end, own, equals + 1 - from, to - end);
                return own;
            }
            tag = end + 1;
        }
        return Arrays.copyOfRange(octets, from, to);
    }

    /** Where the equals sign of the tag is, if it is the signature's; else -1. */
    private int signatureEquals(int from, int to) {
        int i = from;
        while (i < to && TagList.isWhite((char) octets[i])) {
            i++;
        }
        if (i == to || octets[i] != 'b') {
            return -1;
        }
        i++;
        while (i < to && TagList.isWhite((char) octets[i])) {
            i++;
        }
        return i < to && octets[i] == '=' ? i : -1;
    }
}
