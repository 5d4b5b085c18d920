package org.moxmail.dkim;

import java.util.Arrays;

/** Collects the canonical header that a signature is made over, RFC 6376 §3.4.1, §3.4.2 and §3.7. */
final class HeaderHashInput {
    private byte[] buffer;
    private int length;

    /** @param octets as many as are likely */
    HeaderHashInput(int octets) {
        buffer = new byte[Math.min(octets, 4096)];
    }

    byte[] array() {
        return buffer;
    }

    int length() {
        return length;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }

    void simple(byte[] octets, int from, int to) {
        room(to - from);
        System.arraycopy(octets, from, buffer, length, to - from);
        length += to - from;
    }

    void lineEnd() {
        room(2);
        buffer[length++] = '\r';
        buffer[length++] = '\n';
    }

    /** Name in lower case, colon, value unfolded, white space as one space, none at the ends. */
    void relaxed(byte[] octets, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        room(nameTo - nameFrom + 1 + valueTo - valueFrom);
        byte[] out = buffer;
        int at = length;
        for (int i = nameFrom; i < nameTo; i++) {
            byte octet = octets[i];
            out[at++] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
        }
        out[at++] = ':';
        int start = at;
        boolean space = false;
        for (int i = valueFrom; i < valueTo; i++) {
            byte octet = octets[i];
            if (octet == ' ' || octet == '\t') {
                space = true;
            } else if (octet == '\r' && i + 1 < valueTo && octets[i + 1] == '\n') {
                i++;
            } else if (octet != '\n') {
                if (space && at > start) {
                    out[at++] = ' ';
                }
                space = false;
                out[at++] = octet;
            }
        }
        length = at;
    }
}
