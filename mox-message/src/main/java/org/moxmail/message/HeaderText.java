package org.moxmail.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Header octets as text and back without loss. Octets are read as UTF-8 (RFC 6532); an octet that isn't part of
 * well-formed UTF-8 becomes the lone surrogate U+DC00 + octet, which no well-formed text holds, and turns back into that
 * octet when written.
 */
public final class HeaderText {
    private HeaderText() {}

    /** Octets to text. */
    public static String decode(byte[] octets, int from, int to) {
        if (LineFeeds.isAscii(octets, from, to)) {
            return ascii(octets, from, to);
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(octets, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (!result.isError()) {
                break;
            }
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (0xdc00 | in.get() & 0xff));
            }
        }
        return out.flip().toString();
    }

    /** Octets that are known to be ASCII, to text. */
    static String ascii(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Text to octets, the inverse of {@link #decode}. */
    public static byte[] encode(String text) {
        int ascii = 0;
        while (ascii < text.length() && text.charAt(ascii) < 0x80) {
            ascii++;
        }
        if (ascii == text.length()) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        try {
            var encoder = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            ByteBuffer out = encoder.encode(CharBuffer.wrap(text));
            byte[] octets = new byte[out.remaining()];
            out.get(octets);
            return octets;
        } catch (CharacterCodingException e) {
            return encodeEscaped(text);
        }
    }

    private static byte[] encodeEscaped(String text) {
        var out = new java.io.ByteArrayOutputStream(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0xdc80 && c <= 0xdcff) {
                out.write(c & 0xff);
            } else if (c >= 0xd800 && c <= 0xdfff) {
                throw new IllegalArgumentException("half a surrogate pair that stands for no octet");
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
