package org.moxmail.dkim;

/** RFC 6376 §3.4.3: empty lines at the end go, and the body ends with CRLF, even an empty one. */
final class SimpleBody extends BodyCanon {
    /** Line ends that are left out if nothing follows. */
    private long lineEnds;

    private boolean cr;

    @Override
    void update(byte[] octets, int offset, int count) {
        int from = offset;
        int end = offset + count;
        if (cr && from < end) {
            cr = false;
            if (octets[from] == '\n') {
                lineEnds++;
                from++;
            } else {
                emitLineEnds(lineEnds);
                lineEnds = 0;
                emit('\r');
            }
        }
        if (end > from && octets[end - 1] == '\r') {
            cr = true;
            end--;
        }
        int trailing = 0;
        while (end - 2 >= from && octets[end - 1] == '\n' && octets[end - 2] == '\r') {
            trailing++;
            end -= 2;
        }
        if (end > from) {
            emitLineEnds(lineEnds);
            emit(octets, from, end - from);
            lineEnds = trailing;
        } else {
            lineEnds += trailing;
        }
    }

    @Override
    void end() {
        if (cr) {
            emitLineEnds(lineEnds);
            emit('\r');
        }
        emitLineEnds(1);
    }
}
