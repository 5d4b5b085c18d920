package org.moxmail.message;

import java.util.HashMap;
import java.util.Map;

/** Character references of HTML: numbers, and the names that are used in mail. */
final class HtmlEntities {
    /** Longest text between ampersand and semicolon that is looked up. */
    static final int MAX_LENGTH = 10;

    /** The names of U+00A0 to U+00FF. */
    private static final String LATIN_1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
                    + "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml "
                    + "Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc "
                    + "Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml "
                    + "aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc "
                    + "otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    private static final Map<String, String> NAMED = named();

    private HtmlEntities() {}

    private static Map<String, String> named() {
        Map<String, String> names = new HashMap<>();
        char c = 0xa0;
        for (String name : LATIN_1.split(" ", -1)) {
            names.put(name, String.valueOf(c));
            c++;
        }
        String[] others = {
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "ndash", "–", "mdash", "—", "lsquo", "‘",
            "rsquo", "’", "sbquo", "‚", "ldquo", "“", "rdquo", "”", "bdquo", "„", "bull", "•", "hellip", "…", "euro",
            "€", "trade", "™", "ensp", "\u2002", "emsp", "\u2003", "thinsp", "\u2009", "zwnj", "\u200c", "zwj",
            "\u200d", "lsaquo", "‹", "rsaquo", "›", "dagger", "†", "Dagger", "‡", "permil", "‰", "larr", "←", "uarr",
            "↑", "rarr", "→", "darr", "↓", "hearts", "♥", "check", "✓", "starf", "★", "star", "☆", "OElig", "Œ",
            "oelig", "œ", "Scaron", "Š", "scaron", "š", "Yuml", "Ÿ", "minus", "−", "infin", "∞", "ne", "≠", "le", "≤",
            "ge", "≥", "NewLine", "\n", "Tab", "\t"
        };
        for (int i = 0; i < others.length; i += 2) {
            names.put(others[i], others[i + 1]);
        }
        return Map.copyOf(names);
    }

    /** What a reference, given without ampersand and semicolon, stands for; empty for nothing known. */
    static String decode(String reference) {
        if (!reference.startsWith("#")) {
            return NAMED.getOrDefault(reference, "");
        }
        boolean hexadecimal = reference.startsWith("#x") || reference.startsWith("#X");
        try {
            int code = Integer.parseInt(reference.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            boolean character = code > 0 && Character.isValidCodePoint(code) && (code < 0xd800 || code > 0xdfff);
            return character ? Character.toString(code) : "\ufffd";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
