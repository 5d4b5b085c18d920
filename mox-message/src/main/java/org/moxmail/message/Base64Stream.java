package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Decodes base64, RFC 2045 §6.8: characters outside the alphabet are passed over; padding ends a quantum, and what follows
 * is read on, since mail is made of pieces put together by naive programs.
 */
final class Base64Stream extends DecodedStream {
    /** The value of each ASCII character, or -1. */
    static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private int bits;
    private int count;
    private boolean padded;
    private boolean finished;
    private boolean damaged;
    private final byte[] single = new byte[1];

    Base64Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        int read = read(single, 0, 1);
        return read < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int to = offset;
        int limit = offset + length;
        while (to < limit) {
            if (at == end && !fill()) {
                break;
            }
            to = decode(into, to, limit);
        }
        return to == offset ? -1 : to - offset;
    }

    private boolean fill() throws IOException {
        if (finished) {
            return false;
        }
        int read = in.read(buffer, 0, buffer.length);
        if (read < 0) {
            finished = true;
            // Bits that make no octet: the text was cut off.
            damaged |= !padded && count != 0;
            return false;
        }
        at = 0;
        end = read;
        return true;
    }

    private int decode(byte[] into, int from, int limit) {
        int to = from;
        int i = at;
        while (i < end && to < limit) {
            int octet = buffer[i++] & 0xff;
            int value = VALUES[octet];
            if (value >= 0) {
                if (padded) {
                    damaged = true;
                    padded = false;
                }
                bits = bits << 6 | value;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    into[to++] = (byte) (bits >> count);
                }
            } else if (octet == '=') {
                padded = true;
                count = 0;
            } else if (octet != '\r' && octet != '\n' && octet != ' ' && octet != '\t') {
                damaged = true;
            }
        }
        at = i;
        return to;
    }

    @Override
    public boolean damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
