package org.moxmail.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets by the names that mail uses for them: those registered with IANA, and common misspellings. Where mail is known
 * to say one charset and mean its superset, the superset is given.
 */
public final class Charsets {
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("ansi_x3.4-1968", "windows-1252"),
            Map.entry("ansi-x3.4-1968", "windows-1252"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "windows-874"),
            Map.entry("tis-620", "windows-874"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("cn-gb", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601-1989", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("big5", "big5-hkscs"),
            Map.entry("x-big5", "big5-hkscs"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("utf8", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"),
            Map.entry("utf-8-mac", "utf-8"),
            Map.entry("unicode", "utf-16"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("macroman", "x-macroman"),
            Map.entry("koi8-ru", "koi8-u"));

    private Charsets() {}

    /** The charset of a name in any case, or nothing when the name means none that we have. */
    public static Optional<Charset> find(String name) {
        String plain = plain(name);
        if (plain.equals("utf-8")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        Optional<Charset> meant = Optional.ofNullable(MEANT.get(plain)).flatMap(Charsets::byJavaName);
        if (meant.isPresent()) {
            return meant;
        }
        Optional<Charset> named = byJavaName(plain);
        if (named.isPresent() || !plain.startsWith("cp-") && !plain.startsWith("windows")) {
            return named;
        }
        String digits = plain.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? Optional.empty() : byJavaName("cp" + digits);
    }

    private static String plain(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        // RFC 2231 §5: a language may follow.
        int star = plain.indexOf('*');
        if (star >= 0) {
            plain = plain.substring(0, star);
        }
        return plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")
                ? plain.substring(1, plain.length() - 1)
                : plain;
    }

    private static Optional<Charset> byJavaName(String name) {
        return Optional.ofNullable(Available.BY_NAME.get(name));
    }

    /**
     * All charsets by their names and aliases. Made once: the JDK's own look-up of a name that it doesn't have takes 0.1 ms,
     * and a header can have a hundred thousand of them.
     */
    private static final class Available {
        static final Map<String, Charset> BY_NAME = byName();

        private Available() {}

        private static Map<String, Charset> byName() {
            Map<String, Charset> charsets = new HashMap<>();
            for (Charset charset : Charset.availableCharsets().values()) {
                charset.aliases().forEach(alias -> charsets.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
            }
            for (Charset charset : Charset.availableCharsets().values()) {
                charsets.put(charset.name().toLowerCase(Locale.ROOT), charset);
            }
            return Map.copyOf(charsets);
        }
    }
}
