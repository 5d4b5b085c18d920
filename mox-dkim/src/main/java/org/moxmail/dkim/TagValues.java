package org.moxmail.dkim;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderField;
import org.moxmail.message.HeaderText;
import org.moxmail.message.Localpart;

/** The kinds of values that tags have: base64, numbers, names, quoted-printable. */
final class TagValues {
    private static final String RFC = "RFC 6376 §3.5";
    private static final String QP = "RFC 6376 §2.11";
    private static final int TIME_DIGITS = 12;
    private static final int LENGTH_DIGITS = 76;
    private static final String HEX = "0123456789ABCDEF";

    private TagValues() {}

    /** Base64 with white space anywhere, at least one octet. */
    static byte[] base64(TagList.Tag tag) throws SyntaxException {
        String value = tag.value();
        byte[] digits = new byte[value.length()];
        int count = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!TagList.isWhite(c)) {
                // What is no ASCII is no base64 digit either, whatever is left of it.
                digits[count++] = c < 0x80 ? (byte) c : 0;
            }
        }
        try {
            byte[] octets = Base64.getDecoder().decode(count == digits.length ? digits : Arrays.copyOf(digits, count));
            if (octets.length > 0) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(tag.offset(), "base64, but " + e.getMessage(), "RFC 6376 §2.10");
        }
        throw new SyntaxException(tag.offset(), "base64 of at least one octet", "RFC 6376 §2.10");
    }

    static String printBase64(Bytes octets) {
        return Base64.getEncoder().encodeToString(octets.toByteArray());
    }

    private static long number(TagList.Tag tag, int maxDigits) throws SyntaxException {
        String digits = tag.value();
        boolean valid = !digits.isEmpty() && digits.length() <= maxDigits;
        for (int i = 0; valid && i < digits.length(); i++) {
            valid = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!valid) {
            throw new SyntaxException(tag.offset(), "1 to " + maxDigits + " digits", RFC);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                // RFC 6376 §3.5, l=: no message is that long.
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    static Optional<Instant> time(TagList.@Nullable Tag tag) throws SyntaxException {
        return tag == null ? Optional.empty() : Optional.of(Instant.ofEpochSecond(number(tag, TIME_DIGITS)));
    }

    static OptionalLong length(TagList.@Nullable Tag tag) throws SyntaxException {
        return tag == null ? OptionalLong.empty() : OptionalLong.of(number(tag, LENGTH_DIGITS));
    }

    /** A domain; U-labels may stand in internationalised header fields, RFC 8616 §5. */
    static DnsName domain(String text, int offset) throws SyntaxException {
        try {
            return DnsName.parseLax(text);
        } catch (SyntaxException e) {
            throw new SyntaxException(offset + e.offset(), e.expected(), e.rfc());
        }
    }

    /** A selector, in ASCII form: labels as a domain has them; underscores are in use. */
    static String selector(TagList.Tag tag) throws SyntaxException {
        return domain(tag.value(), tag.offset()).ascii();
    }

    /** A field name, RFC 5322 §3.6.8, that can stand in a list. */
    static boolean isFieldName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':' || c == ';') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** An agent or user identifier: {@code [localpart]@domain} in dkim-quoted-printable. */
    static Auid auid(TagList.Tag tag) throws SyntaxException {
        String text = unquote(tag.value(), tag.offset());
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new SyntaxException(tag.offset() + tag.value().length(), "an @", RFC);
        }
        String local = text.substring(0, at);
        Localpart localpart;
        try {
            localpart = local.isEmpty() ? Localpart.ofDecoded("") : Localpart.parse(local);
        } catch (SyntaxException e) {
            throw new SyntaxException(tag.offset(), e.expected(), e.rfc());
        }
        return new Auid(localpart, domain(text.substring(at + 1), tag.offset()));
    }

    /** Copied header fields, the z= tag. */
    static List<HeaderField> copiedFields(TagList.@Nullable Tag tag) throws SyntaxException {
        List<HeaderField> fields = new ArrayList<>();
        if (tag == null) {
            return fields;
        }
        for (String copy : tag.value().split("\\|", -1)) {
            int colon = copy.indexOf(':');
            String name = colon < 0 ? "" : copy.substring(0, colon).strip();
            if (!isFieldName(name)) {
                throw new SyntaxException(tag.offset(), "a field name and a colon", RFC);
            }
            fields.add(new HeaderField(name, unquote(copy.substring(colon + 1), tag.offset())));
        }
        return fields;
    }

    static String printCopied(HeaderField field) {
        return field.name() + ':' + quote(field.raw(), false, "|:");
    }

    /** Reads dkim-quoted-printable: white space goes, {@code =XX} is an octet. */
    static String unquote(String text, int offset) throws SyntaxException {
        if (!needsUnquoting(text)) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || TagList.isWhite(c)) {
                octets.writeBytes(HeaderText.encode(text.substring(from, i)));
                if (c == '=') {
                    octets.write(hexOctet(text, i, offset));
                    i += 2;
                }
                from = i + 1;
            }
        }
        octets.writeBytes(HeaderText.encode(text.substring(from)));
        byte[] all = octets.toByteArray();
        return HeaderText.decode(all, 0, all.length);
    }

    private static boolean needsUnquoting(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || TagList.isWhite(c)) {
                return true;
            }
        }
        return false;
    }

    private static int hexOctet(String text, int equals, int offset) throws SyntaxException {
        if (equals + 2 < text.length()) {
            // RFC 6376 §2.11 has upper case only; lower case is read as well.
            int high = Character.digit(text.charAt(equals + 1), 16);
            int low = Character.digit(text.charAt(equals + 2), 16);
            if (high >= 0 && low >= 0 && text.charAt(equals + 1) < 0x80 && text.charAt(equals + 2) < 0x80) {
                return high << 4 | low;
            }
        }
        throw new SyntaxException(offset, "two hexadecimal digits behind =", QP);
    }

    /**
     * Writes dkim-quoted-printable, RFC 6376 §2.11.
     *
     * @param utf8 whether what is not ASCII may stand as it is, RFC 8616 §5
     * @param also characters to quote besides
     */
    static String quote(String text, boolean utf8, String also) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            boolean safe = c > ' ' && c < 0x7f && c != '=' && c != ';' && also.indexOf(c) < 0;
            boolean half = c >= 0xd800 && c <= 0xdfff;
            if (safe || utf8 && c >= 0xa0 && !half) {
                quoted.appendCodePoint(c);
            } else {
                for (byte octet : HeaderText.encode(Character.toString(c))) {
                    quoted.append('=').append(HEX.charAt(octet >> 4 & 15)).append(HEX.charAt(octet & 15));
                }
            }
        });
        return quoted.toString();
    }

    /** Reads a qp-section, RFC 2045 §6.7 as the n= tag of key records has it: blanks stay, {@code =XX} is an octet. */
    static String readSection(TagList.Tag tag) throws SyntaxException {
        String text = tag.value();
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c == '=') {
                octets.write(hexOctet(text, i, tag.offset()));
                i += 3;
            } else {
                if (c != '\r' && c != '\n') {
                    octets.writeBytes(HeaderText.encode(Character.toString(c)));
                }
                i += Character.charCount(c);
            }
        }
        byte[] all = octets.toByteArray();
        return HeaderText.decode(all, 0, all.length);
    }

    /** Writes a qp-section: blanks at either end and what can't stand in a tag are quoted. */
    static String printSection(String text) {
        byte[] octets = HeaderText.encode(text);
        StringBuilder printed = new StringBuilder(octets.length + 8);
        for (int i = 0; i < octets.length; i++) {
            int c = octets[i] & 0xff;
            boolean inner = i > 0 && i < octets.length - 1;
            if (c > ' ' && c < 0x7f && c != '=' && c != ';' || c == ' ' && inner) {
                printed.append((char) c);
            } else {
                printed.append('=').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return printed.toString();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
