package org.moxmail.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Makes the line ends of a message CRLF (RFC 5322 §2.3) on the way: an LF without a CR before it gets one, also when the
 * CR came with an earlier write. A CR without an LF stays and is told by {@link #bareCr}. Writes go on in pieces as they
 * came, so put something buffered or large-block behind it. Not for several threads at once.
 */
public final class CrlfOutputStream extends OutputStream {
    private static final byte[] CRLF = {'\r', '\n'};

    private final OutputStream out;
    private final byte[] single = new byte[1];
    private long size;
    private boolean afterCr;
    private boolean eightBit;
    private boolean bareCr;
    private boolean bareLf;
    private boolean separator;
    /** Octets of the current line, the line end not counted; only up to the separator. */
    private long lineOctets;

    public CrlfOutputStream(OutputStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    @Override
    public void write(int octet) throws IOException {
        single[0] = (byte) octet;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, octets.length);
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            byte octet = octets[i];
            if (octet > '\r' && !afterCr) {
                // Nearly every octet is plain text: a run of it at once.
                int plain = i;
                do {
                    i++;
                } while (i < end && octets[i] > '\r');
                lineOctets += i - plain;
                if (i == end) {
                    break;
                }
                octet = octets[i];
            }
            if (octet == '\n') {
                if (!afterCr) {
                    bareLf = true;
                    pass(octets, from, i);
                    out.write(CRLF, 0, 2);
                    size += 2;
                    from = i + 1;
                }
                endLine();
            } else if (afterCr) {
                bareCr = true;
                lineOctets++;
            }
            afterCr = octet == '\r';
            if (octet < 0) {
                eightBit = true;
            }
            if (octet != '\r' && octet != '\n') {
                lineOctets++;
            }
        }
        pass(octets, from, end);
    }

    private void pass(byte[] octets, int from, int to) throws IOException {
        if (to > from) {
            out.write(octets, from, to - from);
            size += to - from;
        }
    }

    private void endLine() {
        if (lineOctets == 0) {
            separator = true;
        }
        lineOctets = 0;
    }

    /** Octets passed on so far. */
    public long size() {
        return size;
    }

    /** Whether an octet above 127 came. */
    public boolean eightBit() {
        return eightBit;
    }

    /** Whether a CR came without an LF behind it; one at the very end counts. */
    public boolean bareCr() {
        return bareCr || afterCr;
    }

    /** Whether an LF came without a CR before it, and so was mended. */
    public boolean bareLf() {
        return bareLf;
    }

    /** Whether an empty line came: the one between header and body, or the start of a message without header fields. */
    public boolean separatorSeen() {
        return separator;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
