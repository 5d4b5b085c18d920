package org.moxmail.message;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PackedOutput} wrote, and believes none of it. */
final class PackedInput {
    private final byte[] octets;
    private final int end;
    private int at;

    PackedInput(byte[] octets, int from, int to) {
        Objects.checkFromToIndex(from, to, octets.length);
        this.octets = octets;
        this.at = from;
        this.end = to;
    }

    boolean atEnd() {
        return at == end;
    }

    int octet() throws CorruptPartException {
        if (at == end) {
            throw new CorruptPartException("the end is missing");
        }
        return octets[at++] & 0xff;
    }

    long number() throws CorruptPartException {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 63; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new CorruptPartException("a number out of range");
    }

    /** How many things follow, each of which takes {@code size} octets at least. */
    int count(int size) throws CorruptPartException {
        long count = number();
        if (count > (end - at) / size) {
            throw new CorruptPartException("more things than there are octets");
        }
        return (int) count;
    }

    @Nullable
    String text() throws CorruptPartException {
        long number = number();
        if (number == 0) {
            return null;
        }
        if (number < PackedOutput.TEXTS) {
            if (number > PackedOutput.WORDS.size()) {
                throw new CorruptPartException("an unknown word");
            }
            return PackedOutput.WORDS.get((int) number - 1);
        }
        int length = length(number);
        return (number & 1) != 0 ? wide(length / 2) : narrow(length);
    }

    /** Passes over a text. */
    void skipText() throws CorruptPartException {
        long number = number();
        if (number >= PackedOutput.TEXTS) {
            at += length(number);
        }
    }

    /** The octets of a text that is told by a number. */
    private int length(long number) throws CorruptPartException {
        long length = number - PackedOutput.TEXTS >> 1;
        long size = (number & 1) != 0 ? length * 2 : length;
        if (size > end - at) {
            throw new CorruptPartException("a text longer than there are octets");
        }
        return (int) size;
    }

    private String narrow(int length) {
        String text = new String(octets, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        return text;
    }

    private String wide(int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) (octets[at] & 0xff | (octets[at + 1] & 0xff) << 8);
            at += 2;
        }
        return new String(chars);
    }
}
