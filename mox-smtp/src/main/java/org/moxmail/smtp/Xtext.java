package org.moxmail.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.moxmail.dns.SyntaxException;

/** The encoding of parameter values that may hold anything, RFC 3461 §4. */
public final class Xtext {
    private static final String RFC = "RFC 3461 §4";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Xtext() {}

    /** Encodes the UTF-8 octets of {@code text}. */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet < '!' || octet > '~' || octet == '+' || octet == '=') {
                out.append('+').append(HEX.toHexDigits(octet));
            } else {
                out.append((char) octet);
            }
        }
        return out.toString();
    }

    /** Decodes to text; the octets must be UTF-8. */
    public static String decode(String xtext) throws SyntaxException {
        ByteBuffer octets = ByteBuffer.allocate(xtext.length());
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '+') {
                if (i + 2 >= xtext.length() || !isHex(xtext.charAt(i + 1)) || !isHex(xtext.charAt(i + 2))) {
                    throw new SyntaxException(i, "two hexadecimal digits in upper case", RFC);
                }
                octets.put((byte) HexFormat.fromHexDigits(xtext, i + 1, i + 3));
                i += 2;
            } else if (c < '!' || c > '~' || c == '=') {
                throw new SyntaxException(i, "xtext", RFC);
            } else {
                octets.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxException(0, "xtext of UTF-8", RFC);
        }
    }

    private static boolean isHex(char c) {
        return Cursor.isDigit(c) || (c >= 'A' && c <= 'F');
    }

    /** Encodes an address of type utf-8 in seven bits, RFC 6533 §3. */
    static String encodeUtf8Address(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < '!' || point > '~' || point == '\\' || point == '+' || point == '=') {
                out.append("\\x{")
                        .append(Integer.toHexString(point).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                out.append((char) point);
            }
        });
        return out.toString();
    }

    /** Decodes an address of type utf-8, in seven bits or as it is, RFC 6533 §3. */
    static String decodeUtf8Address(String text) throws SyntaxException {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                if (c == '+' || c == '=') {
                    throw new SyntaxException(i, "an address of type utf-8", "RFC 6533 §3");
                }
                out.append(c);
                continue;
            }
            int close = text.indexOf('}', i);
            if (!text.startsWith("\\x{", i) || close < i + 4 || close > i + 9) {
                throw new SyntaxException(i, "\\x{...}", "RFC 6533 §3");
            }
            int point = codePoint(text.substring(i + 3, close), i);
            out.appendCodePoint(point);
            i = close;
        }
        return out.toString();
    }

    private static int codePoint(String digits, int offset) throws SyntaxException {
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                throw new SyntaxException(offset, "hexadecimal digits", "RFC 6533 §3");
            }
        }
        int point = HexFormat.fromHexDigits(digits);
        if (!Character.isValidCodePoint(point) || (point >= 0xd800 && point < 0xe000)) {
            throw new SyntaxException(offset, "a code point", "RFC 6533 §3");
        }
        return point;
    }
}
