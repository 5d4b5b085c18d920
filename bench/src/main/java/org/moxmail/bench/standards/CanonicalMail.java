package org.moxmail.bench.standards;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What a relaxed/relaxed signature covers, taken from the message in the plainest way: nothing of it is measured, but its octets
 * are given to the bare algorithms.
 *
 * @param header the octets that are signed
 * @param body the octets of the canonical body
 * @param signature what b= holds
 * @param bodyHash what bh= holds
 */
record CanonicalMail(byte[] header, byte[] body, byte[] signature, byte[] bodyHash) {
    /** @param mail with the signature as its first field */
    static CanonicalMail of(byte[] mail) {
        String text = new String(mail, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        List<String> fields = new ArrayList<>(
                List.of(text.substring(0, end).replaceAll("\r\n(?=[ \t])", "").split("\r\n")));
        String own = fields.removeFirst();
        StringBuilder header = new StringBuilder();
        for (String name : tag(own, "h").split(":")) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (fields.get(i).toLowerCase(Locale.ROOT).startsWith(prefix)) {
                    header.append(relaxed(fields.remove(i))).append("\r\n");
                    break;
                }
            }
        }
        header.append(relaxed(own.replaceFirst("([; \t]b=)[^;]*", "$1")));
        return new CanonicalMail(
                octets(header.toString()),
                octets(text.substring(end + 4)
                                .replaceAll("[ \t]+(?=\r\n)", "")
                                .replaceAll("[ \t]+", " ")
                                .replaceFirst("(\r\n)*\\z", "")
                        + "\r\n"),
                Base64.getDecoder().decode(tag(own, "b")),
                Base64.getDecoder().decode(tag(own, "bh")));
    }

    private static String tag(String field, String name) {
        for (String tag : field.substring(field.indexOf(':') + 1).split(";")) {
            if (tag.strip().startsWith(name + "=")) {
                return tag.replaceFirst("^\\s*" + name + "=", "").replaceAll("\\s", "");
            }
        }
        throw new IllegalArgumentException("no " + name + "=");
    }

    private static String relaxed(String field) {
        int colon = field.indexOf(':');
        return field.substring(0, colon).strip().toLowerCase(Locale.ROOT) + ":"
                + field.substring(colon + 1).replaceAll("[ \t]+", " ").strip();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
