package org.moxmail.message;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the values of Content-Type and Content-Disposition straight from octets when they are as nearly all are: ASCII,
 * without comments, quoted pairs and RFC 2231's sections. What is read is what
 * {@link ParameterizedValue#parseLenient} reads; whatever else a value has in it is left to that.
 */
final class PlainParameters {
    private static final byte[] NONE = {};

    private byte[] octets = NONE;
    private int end;
    private int at;

    private String value = "";
    private String subtype = "";
    private final Parameter[] found = new Parameter[4];
    private int count;

    /** What stands before the parameters and any slash, in lower case. */
    String value() {
        return value;
    }

    /** What stands behind the slash, in lower case. */
    String subtype() {
        return subtype;
    }

    List<Parameter> parameters() {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(found[0]);
            case 2 -> List.of(found[0], found[1]);
            default -> List.of(Arrays.copyOf(found, count));
        };
    }

    /**
     * Reads the text that the scan has found.
     *
     * @return false when it isn't plain; then nothing that was read counts
     */
    boolean read(HeaderScan scan, boolean mediaType) {
        octets = scan.text();
        at = scan.textFrom();
        end = scan.textTo();
        count = 0;
        int from = at;
        if (!token()) {
            return false;
        }
        value = CommonWords.lower(octets, from, at);
        if (mediaType) {
            if (at == end || octets[at] != '/') {
                return false;
            }
            from = ++at;
            if (!token()) {
                return false;
            }
            subtype = CommonWords.lower(octets, from, at);
        }
        skipSpaces();
        while (at < end) {
            if (octets[at] != ';') {
                return false;
            }
            at++;
            skipSpaces();
            if (at < end && octets[at] != ';' && !parameter()) {
                return false;
            }
        }
        return true;
    }

    private boolean parameter() {
        int from = at;
        if (!token() || at == end || octets[at] != '=') {
            return false;
        }
        String name = CommonWords.lower(octets, from, at);
        if (count == found.length || name.indexOf('*') >= 0) {
            return false;
        }
        from = ++at;
        int to;
        if (at < end && octets[at] == '"') {
            from++;
            at++;
            while (at < end && octets[at] != '"') {
                if (octets[at] == '\\' || octets[at] < 0) {
                    return false;
                }
                at++;
            }
            if (at == end) {
                return false;
            }
            to = at++;
        } else {
            if (!token()) {
                return false;
            }
            to = at;
        }
        if (!seen(name)) {
            found[count++] = new Parameter(name, from == to ? "" : CommonWords.exact(octets, from, to));
        }
        skipSpaces();
        return at == end || octets[at] == ';';
    }

    private boolean seen(String name) {
        for (int i = 0; i < count; i++) {
            if (found[i].name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean token() {
        int from = at;
        while (at < end && CharClass.isToken(octets[at])) {
            at++;
        }
        return at > from;
    }

    private void skipSpaces() {
        while (at < end && HeaderTokens.isSpace((char) (octets[at] & 0xff))) {
            at++;
        }
    }
}
