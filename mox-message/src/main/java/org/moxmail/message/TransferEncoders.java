package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** Writes octets in transfer encodings, RFC 2045 §6. */
final class TransferEncoders {
    /** RFC 2045 §6.7 and §6.8. */
    private static final int LINE = 76;

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private TransferEncoders() {}

    /** The plainest encoding for text whose lines end in CRLF. */
    static TransferEncoding choose(byte[] octets, boolean eightBit) {
        int column = 0;
        int high = 0;
        boolean plain = true;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            if (octet == '\n') {
                column = 0;
                continue;
            }
            column += octet == '\r' ? 0 : 1;
            if (octet < 0) {
                high++;
            }
            // Lines that mail programs may change are encoded too: those that are long, and mbox's "From ".
            boolean control = octet >= 0 && octet < ' ' && octet != '\r' && octet != '\t' || octet == 0x7f;
            plain &= column <= HeaderFolder.LINE && !control && !(column == 5 && startsFrom(octets, i - 4));
        }
        if (plain && high == 0) {
            return TransferEncoding.SEVEN_BIT;
        }
        if (plain && eightBit) {
            return TransferEncoding.EIGHT_BIT;
        }
        return high > octets.length / 6 ? TransferEncoding.BASE64 : TransferEncoding.QUOTED_PRINTABLE;
    }

    private static boolean startsFrom(byte[] octets, int at) {
        return octets[at] == 'F'
                && octets[at + 1] == 'r'
                && octets[at + 2] == 'o'
                && octets[at + 3] == 'm'
                && octets[at + 4] == ' ';
    }

    static void write(byte[] octets, TransferEncoding encoding, OutputStream out) throws IOException {
        switch (encoding) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> out.write(octets);
            case QUOTED_PRINTABLE -> quotedPrintable(octets, out);
            case BASE64 -> base64(new java.io.ByteArrayInputStream(octets), out);
            case UUENCODE -> throw new IllegalArgumentException("uuencode is for reading only");
        }
    }

    /** In lines of 76 characters; the last one without line end. */
    static void base64(InputStream octets, OutputStream out) throws IOException {
        byte[] group = new byte[LINE / 4 * 3 * 64];
        boolean first = true;
        int read = octets.readNBytes(group, 0, group.length);
        while (read > 0) {
            if (!first) {
                out.write(CRLF);
            }
            first = false;
            byte[] input = read == group.length ? group : java.util.Arrays.copyOf(group, read);
            out.write(Base64.getMimeEncoder(LINE, CRLF).encode(input));
            read = octets.readNBytes(group, 0, group.length);
        }
    }

    private static void quotedPrintable(byte[] octets, OutputStream out) throws IOException {
        byte[] line = new byte[LINE + 4];
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            boolean end = i + 1 == octets.length;
            boolean lineEnd = octet == '\r' && !end && octets[i + 1] == '\n';
            if (lineEnd) {
                line[length++] = '\r';
                line[length++] = '\n';
                out.write(line, 0, length);
                length = 0;
                i++;
                continue;
            }
            boolean beforeEnd = end || octets[i + 1] == '\r' && i + 2 < octets.length && octets[i + 2] == '\n';
            boolean blank = octet == ' ' || octet == '\t';
            boolean plain = octet > ' ' && octet < 0x7f && octet != '=' && !(octet == 'F' && length == 0);
            boolean keep = plain || blank && !beforeEnd;
            int size = keep ? 1 : 3;
            // Room for the soft line end's "=" unless the line ends here anyway.
            if (length + size > (beforeEnd ? LINE : LINE - 1)) {
                line[length++] = '=';
                line[length++] = '\r';
                line[length++] = '\n';
                out.write(line, 0, length);
                length = 0;
            }
            if (keep) {
                line[length++] = octet;
            } else {
                line[length++] = '=';
                line[length++] = HEX[octet >> 4 & 0xf];
                line[length++] = HEX[octet & 0xf];
            }
        }
        out.write(line, 0, length);
    }
}
