package org.moxmail.sasl;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.sasl.PreparationTable.Joining;

/** The two string classes of PRECIS, RFC 8264 §4, with the rules of context of RFC 5892 appendix A. */
final class Precis {
    private static final PreparationTable TABLE = PreparationTable.INSTANCE;

    /** Derived property of a code point, RFC 8264 §8. */
    enum Derived {
        PVALID,
        FREE_PVAL,
        CONTEXTJ,
        CONTEXTO,
        DISALLOWED,
        UNASSIGNED
    }

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Default_Ignorable_Code_Point, pairs of first and last. */
    private static final int[] IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
        0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    private Precis() {}

    /** The FreeformClass, §4.3. */
    static void requireFreeform(int[] points) throws PreparationException {
        for (int i = 0; i < points.length; i++) {
            requireAllowed(points, i, true);
        }
    }

    /** The IdentifierClass, §4.2. */
    static void requireIdentifier(int[] points) throws PreparationException {
        for (int i = 0; i < points.length; i++) {
            requireAllowed(points, i, false);
        }
    }

    private static void requireAllowed(int[] points, int at, boolean freeform) throws PreparationException {
        boolean allowed = switch (derived(points[at])) {
            case PVALID -> true;
            case FREE_PVAL -> freeform;
            case CONTEXTJ -> joinerAllowed(points, at);
            case CONTEXTO -> contextAllowed(points, at);
            case DISALLOWED, UNASSIGNED -> false;
        };
        if (!allowed) {
            throw new PreparationException("character " + (at + 1) + " ("
                    + String.format(Locale.ROOT, "U+%04X", points[at]) + ") isn't allowed");
        }
    }

    static Derived derived(int c) {
        if (c >= 0x21 && c <= 0x7E) {
            return Derived.PVALID;
        }
        Derived exception = exception(c);
        if (exception != null) {
            return exception;
        }
        int type = Character.getType(c);
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        if (type == Character.UNASSIGNED && !noncharacter) {
            return Derived.UNASSIGNED;
        }
        if (c == NON_JOINER || c == JOINER) {
            return Derived.CONTEXTJ;
        }
        if (oldHangulJamo(c) || noncharacter || ignorable(c) || type == Character.CONTROL) {
            return Derived.DISALLOWED;
        }
        if (type == Character.SURROGATE || type == Character.PRIVATE_USE || type == Character.FORMAT) {
            return Derived.DISALLOWED;
        }
        if (!Normalizer.isNormalized(Character.toString(c), Normalizer.Form.NFKC)) {
            return Derived.FREE_PVAL;
        }
        return switch (type) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> Derived.PVALID;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Derived.DISALLOWED;
            default -> Derived.FREE_PVAL; // other letters and digits, spaces, symbols, punctuation
        };
    }

    /** RFC 5892 §2.6. */
    private static @Nullable Derived exception(int c) {
        return switch (c) {
            case 0x00DF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007 -> Derived.PVALID;
            case 0x00B7, 0x0375, 0x05F3, 0x05F4, 0x30FB -> Derived.CONTEXTO;
            case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> Derived.DISALLOWED;
            default -> arabicIndic(c) || extendedArabicIndic(c) ? Derived.CONTEXTO : null;
        };
    }

    private static boolean arabicIndic(int c) {
        return c >= 0x0660 && c <= 0x0669;
    }

    private static boolean extendedArabicIndic(int c) {
        return c >= 0x06F0 && c <= 0x06F9;
    }

    private static boolean oldHangulJamo(int c) {
        return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97C) || (c >= 0xD7B0 && c <= 0xD7FB);
    }

    private static boolean ignorable(int c) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (c >= IGNORABLE[i] && c <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** RFC 5892 appendix A.1 and A.2. */
    private static boolean joinerAllowed(int[] points, int at) {
        if (at > 0 && TABLE.virama(points[at - 1])) {
            return true;
        }
        if (points[at] == JOINER) {
            return false;
        }
        int left = at - 1;
        while (left >= 0 && TABLE.joining(points[left]) == Joining.TRANSPARENT) {
            left--;
        }
        int right = at + 1;
        while (right < points.length && TABLE.joining(points[right]) == Joining.TRANSPARENT) {
            right++;
        }
        return left >= 0
                && right < points.length
                && joins(points[left], Joining.LEFT)
                && joins(points[right], Joining.RIGHT);
    }

    private static boolean joins(int point, Joining side) {
        Joining joining = TABLE.joining(point);
        return joining == side || joining == Joining.DUAL;
    }

    /** RFC 5892 appendix A.3 to A.9. */
    private static boolean contextAllowed(int[] points, int at) {
        int before = at > 0 ? points[at - 1] : -1;
        int after = at + 1 < points.length ? points[at + 1] : -1;
        return switch (points[at]) {
            case 0x00B7 -> before == 'l' && after == 'l';
            case 0x0375 -> after >= 0 && Character.UnicodeScript.of(after) == Character.UnicodeScript.GREEK;
            case 0x05F3, 0x05F4 -> before >= 0 && Character.UnicodeScript.of(before) == Character.UnicodeScript.HEBREW;
            case 0x30FB -> japanese(points);
            default -> arabicIndic(points[at]) ? none(points, false) : none(points, true);
        };
    }

    private static boolean japanese(int[] points) {
        for (int point : points) {
            switch (Character.UnicodeScript.of(point)) {
                case HIRAGANA, KATAKANA, HAN -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean none(int[] points, boolean ofArabicIndic) {
        for (int point : points) {
            if (ofArabicIndic ? arabicIndic(point) : extendedArabicIndic(point)) {
                return false;
            }
        }
        return true;
    }
}
