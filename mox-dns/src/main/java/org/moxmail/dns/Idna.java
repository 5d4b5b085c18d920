package org.moxmail.dns;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IDNA 2008 lookup (RFC 5891 §5) after the mapping of UTS 46: the processing of UTS 46 §4, non-transitional, with
 * UseSTD3ASCIIRules, CheckHyphens, CheckBidi, CheckJoiners and VerifyDnsLength.
 */
final class Idna {
    private static final String PREFIX = "xn--";
    private static final IdnaTable TABLE = IdnaTable.INSTANCE;

    /** More than the longest Unicode spelling of a valid name; keeps the work for nonsense small. */
    private static final int INPUT_CHARS = 4096;

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    record Result(String ascii, String unicode) {}

    /** A label after mapping. */
    private record Label(int offset, String ascii, String unicode) {}

    private Idna() {}

    static Result toNames(String text) throws SyntaxException {
        Result plain = plain(text);
        if (plain != null) {
            return plain;
        }
        if (text.length() > INPUT_CHARS) {
            throw new SyntaxException(INPUT_CHARS, "a domain name of at most 253 octets", "RFC 1035 §2.3.4");
        }
        List<Label> labels = new ArrayList<>();
        for (Label mapped : map(text)) {
            labels.add(label(mapped));
        }
        if (labels.stream().anyMatch(label -> Bidi.rightToLeft(label.unicode))) {
            for (Label label : labels) {
                if (!Bidi.satisfied(label.unicode)) {
                    throw new SyntaxException(label.offset, "a label that satisfies the Bidi rule", "RFC 5893 §2");
                }
            }
        }
        String ascii = String.join(".", labels.stream().map(Label::ascii).toList());
        if (ascii.length() > DnsName.NAME_OCTETS) {
            throw new SyntaxException(0, "a domain name of at most 253 octets", "RFC 1035 §2.3.4");
        }
        return new Result(
                ascii, String.join(".", labels.stream().map(Label::unicode).toList()));
    }

    /**
     * The short way for nearly all names: ASCII letters, digits and hyphens, and no label that could be international or is
     * wrong. Null when the long way has to decide.
     */
    private static @Nullable Result plain(String text) {
        int length = text.length();
        if (length == 0 || length > DnsName.NAME_OCTETS) {
            return null;
        }
        char[] lower = new char[length];
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '.' : text.charAt(i);
            if (c == '.') {
                boolean hyphens = i > start && (lower[start] == '-' || lower[i - 1] == '-')
                        || i - start >= 4 && lower[start + 2] == '-' && lower[start + 3] == '-';
                if (i == start || i - start > DnsName.LABEL_OCTETS || hyphens) {
                    return null;
                }
                start = i + 1;
            } else if (c >= 'A' && c <= 'Z') {
                c = (char) (c + 'a' - 'A');
            } else if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return null;
            }
            if (i < length) {
                lower[i] = c;
            }
        }
        String name = new String(lower);
        return new Result(name, name);
    }

    /** UTS 46 §4 steps 1 to 3: map, normalise, break; labels know where in the text they began. */
    private static List<Label> map(String text) throws SyntaxException {
        StringBuilder mapped = new StringBuilder(text.length());
        List<Integer> offsets = new ArrayList<>();
        offsets.add(0);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int before = mapped.length();
            switch (TABLE.status(c)) {
                case VALID -> mapped.appendCodePoint(c);
                case MAPPED -> TABLE.appendMapping(c, mapped);
                case IGNORED -> {}
                case DISALLOWED -> throw new SyntaxException(i, "a character allowed in domain names", "RFC 5891 §5.4");
            }
            i += Character.charCount(c);
            for (int at = before; at < mapped.length(); at++) {
                if (mapped.charAt(at) == '.') {
                    offsets.add(i);
                }
            }
        }
        String[] parts = Normalizer.normalize(mapped, Normalizer.Form.NFC).split("\\.", -1);
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            labels.add(new Label(offsets.get(i), parts[i], parts[i]));
        }
        return labels;
    }

    /** UTS 46 §4 step 4 and §4.2 for one label. */
    private static Label label(Label mapped) throws SyntaxException {
        String label = mapped.unicode;
        int offset = mapped.offset;
        if (label.isEmpty()) {
            throw new SyntaxException(offset, "a label that isn't empty", "RFC 1035 §2.3.1");
        }
        String unicode = label;
        if (label.startsWith(PREFIX)) {
            unicode = decode(label, offset);
        }
        check(unicode, offset);
        boolean ascii = unicode.chars().allMatch(c -> c < 0x80);
        if (unicode.codePointCount(0, unicode.length()) > DnsName.LABEL_OCTETS) {
            throw new SyntaxException(offset, "a label of at most 63 octets", "RFC 1035 §2.3.4");
        }
        String encoded = ascii ? unicode : PREFIX + Punycode.encode(unicode);
        if (encoded.length() > DnsName.LABEL_OCTETS) {
            throw new SyntaxException(offset, "a label of at most 63 octets", "RFC 1035 §2.3.4");
        }
        // RFC 5891 §5.3: there is one A-label for a U-label, so a spelling that isn't that one is none.
        if (label.startsWith(PREFIX) && !encoded.equals(label)) {
            throw new SyntaxException(offset, "a valid A-label", "RFC 5891 §5.4");
        }
        return new Label(offset, encoded, unicode);
    }

    private static String decode(String label, int offset) throws SyntaxException {
        Optional<String> decoded = label.length() > DnsName.LABEL_OCTETS
                ? Optional.empty()
                : Punycode.decode(label.substring(PREFIX.length()));
        if (decoded.isEmpty() || decoded.get().isEmpty()) {
            throw new SyntaxException(offset, "a valid A-label", "RFC 5891 §5.4");
        }
        return decoded.get();
    }

    /** UTS 46 §4.1, without the Bidi rule. */
    private static void check(String label, int offset) throws SyntaxException {
        if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
            throw new SyntaxException(offset, "a label in normalisation form C", "RFC 5891 §5.4");
        }
        if (label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2)) {
            throw new SyntaxException(offset, "a label with hyphens only inside", "RFC 5891 §4.2.3.1");
        }
        int[] points = label.codePoints().toArray();
        switch (Character.getType(points[0])) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                throw new SyntaxException(offset, "a label that doesn't begin with a mark", "RFC 5891 §4.2.3.2");
            default -> {}
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '.' || TABLE.status(points[i]) != IdnaTable.Status.VALID) {
                throw new SyntaxException(offset, "a label of valid characters", "RFC 5891 §5.4");
            }
            if ((points[i] == NON_JOINER || points[i] == JOINER) && !joinerAllowed(points, i)) {
                throw new SyntaxException(offset, "a label with joiners only where they matter", "RFC 5892 appendix A");
            }
        }
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
        while (left >= 0 && TABLE.joining(points[left]) == IdnaTable.Joining.TRANSPARENT) {
            left--;
        }
        int right = at + 1;
        while (right < points.length && TABLE.joining(points[right]) == IdnaTable.Joining.TRANSPARENT) {
            right++;
        }
        return left >= 0
                && right < points.length
                && joins(points[left], IdnaTable.Joining.LEFT)
                && joins(points[right], IdnaTable.Joining.RIGHT);
    }

    private static boolean joins(int point, IdnaTable.Joining side) {
        IdnaTable.Joining joining = TABLE.joining(point);
        return joining == side || joining == IdnaTable.Joining.DUAL;
    }
}
