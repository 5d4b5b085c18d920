package org.moxmail.dkim;

/**
 * RFC 6376 §3.4.4: white space at the end of lines goes, other white space becomes one space, empty lines at the end go, and a
 * body that isn't empty ends with CRLF. Most text is canonical already, so what is gets handed on in long runs.
 */
final class RelaxedBody extends BodyCanon {
    private long lineEnds;
    private boolean space;
    private boolean cr;

    @Override
    void update(byte[] octets, int offset, int count) {
        int end = offset + count;
        int i = offset;
        while (i < end) {
            byte octet = octets[i];
            if (octet == ' ' || octet == '\t') {
                if (cr) {
                    settle();
                }
                space = true;
                i++;
            } else if (octet == '\r') {
                if (cr) {
                    settle();
                }
                cr = true;
                i++;
            } else if (octet == '\n' && cr) {
                cr = false;
                space = false;
                lineEnds++;
                i++;
            } else {
                settle();
                int to = run(octets, i + 1, end);
                emit(octets, i, to - i);
                i = to;
            }
        }
    }

    /** Lets out what was held back, now that something follows that isn't the end of a line. */
    private void settle() {
        if (lineEnds > 0) {
            emitLineEnds(lineEnds);
            lineEnds = 0;
        }
        if (space) {
            emit(' ');
            space = false;
        }
        if (cr) {
            emit('\r');
            cr = false;
        }
    }

    /** Where the octets that are canonical as they stand end: with single spaces in lines, and single line ends between. */
    private static int run(byte[] octets, int from, int end) {
        int i = from;
        while (i < end) {
            byte octet = octets[i];
            if (octet > ' ' || octet < 0) {
                i++;
            } else if (octet == ' ') {
                if (i + 1 == end || isSpecial(octets[i + 1])) {
                    return i;
                }
                i += 2;
            } else if (octet == '\r') {
                if (i + 2 >= end || octets[i + 1] != '\n' || isSpecial(octets[i + 2])) {
                    return i;
                }
                i += 3;
            } else if (octet == '\t') {
                return i;
            } else {
                i++;
            }
        }
        return i;
    }

    private static boolean isSpecial(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    @Override
    void end() {
        if (cr) {
            settle();
        }
        if (length() > 0) {
            emitLineEnds(1);
        }
    }
}
