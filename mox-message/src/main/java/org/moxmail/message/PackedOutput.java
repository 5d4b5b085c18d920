package org.moxmail.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes numbers and texts compactly, for {@link PartCodec}. */
final class PackedOutput {
    /**
     * Words that have a number of their own: part of format 1, so that none may move, go or come. Texts are told by a
     * number: 0 for none, from 1 on a word of this list, from {@link #TEXTS} on twice the length, plus 1 when the chars take
     * two octets each.
     */
    static final List<String> WORDS = List.of(
            "",
            "text",
            "plain",
            "html",
            "multipart",
            "mixed",
            "alternative",
            "related",
            "signed",
            "report",
            "application",
            "octet-stream",
            "pdf",
            "pgp-signature",
            "image",
            "jpeg",
            "png",
            "gif",
            "message",
            "rfc822",
            "delivery-status",
            "charset",
            "utf-8",
            "us-ascii",
            "iso-8859-1",
            "boundary",
            "name",
            "filename",
            "format",
            "flowed",
            "delsp",
            "7bit",
            "8bit",
            "binary",
            "base64",
            "quoted-printable",
            "attachment",
            "inline",
            "UTF-8",
            "iso-8859-15",
            "windows-1252",
            "type",
            "text/html",
            "calendar",
            "en",
            "report-type",
            "protocol",
            "micalg",
            "size",
            "vnd.openxmlformats-officedocument.wordprocessingml.document",
            "zip");

    static final int TEXTS = 64;

    private static final Map<String, Integer> NUMBERS = numbers();

    private byte[] octets = new byte[512];
    private int length;

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < WORDS.size(); i++) {
            numbers.put(WORDS.get(i), i + 1);
        }
        return Map.copyOf(numbers);
    }

    private void room(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(length, more)));
        }
    }

    void octet(int value) {
        room(1);
        octets[length++] = (byte) value;
    }

    /** A number that isn't negative: seven bits to an octet, the lowest first, the top bit says that more follow. */
    void number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a negative length, offset or count: " + value);
        }
        room(9);
        long rest = value;
        while (rest > 0x7f) {
            octets[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
    }

    void text(@Nullable String text) {
        if (text == null) {
            octet(0);
            return;
        }
        Integer known = NUMBERS.get(text);
        if (known != null) {
            octet(known);
            return;
        }
        boolean wide = false;
        for (int i = 0; i < text.length() && !wide; i++) {
            wide = text.charAt(i) > 0xff;
        }
        number(TEXTS + 2L * text.length() + (wide ? 1 : 0));
        if (wide) {
            room(Math.multiplyExact(text.length(), 2));
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                octets[length++] = (byte) c;
                octets[length++] = (byte) (c >> 8);
            }
        } else {
            byte[] narrow = text.getBytes(StandardCharsets.ISO_8859_1);
            room(narrow.length);
            System.arraycopy(narrow, 0, octets, length, narrow.length);
            length += narrow.length;
        }
    }

    byte[] octets() {
        return Arrays.copyOf(octets, length);
    }
}
