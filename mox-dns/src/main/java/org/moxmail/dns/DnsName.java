package org.moxmail.dns;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name of a mail domain or a host, as a value: RFC 1035 §2.3.1 syntax with the internationalisation of
 * IDNA 2008 (RFC 5890, RFC 5891) after the mapping of UTS 46, non-transitional.
 *
 * <p>A name has two forms. The {@linkplain #ascii() ASCII form} goes on the wire and into DNS; the
 * {@linkplain #unicode() Unicode form} is for people. Two names are equal when their ASCII forms are. Compatible spellings
 * (case, full-width letters, ideographic full stops) become the same name, so compare parsed names, never text. A name is
 * never empty, never an IP address and carries no trailing dot. Immutable.
 */
public final class DnsName {
    /** Octets of a label at most, in ASCII form, RFC 1035 §2.3.4. */
    public static final int LABEL_OCTETS = 63;

    /** Octets of a name at most, in ASCII form without the trailing dot, RFC 1035 §2.3.4 (255 with lengths and root). */
    public static final int NAME_OCTETS = 253;

    private final String ascii;
    private final String unicode;

    private DnsName(String ascii, String unicode) {
        this.ascii = ascii;
        this.unicode = unicode;
    }

    /**
     * Reads a host or mail domain name, in Unicode or ASCII form. Underscores are refused (they make no host name), as are
     * trailing dots and IPv4 addresses.
     *
     * @throws SyntaxException when it is no valid name; the offset is in chars
     */
    public static DnsName parse(String text) throws SyntaxException {
        refuseDotEnds(text);
        Idna.Result name = Idna.toNames(text);
        refuseAddress(name.ascii());
        return new DnsName(name.ascii(), name.unicode());
    }

    /**
     * As {@link #parse}, but an ASCII name may have underscores in its labels, for names of hosts found in DNS that we don't
     * choose, such as MX targets.
     *
     * @throws SyntaxException when it is no valid name even so; the offset is in chars
     */
    public static DnsName parseLax(String text) throws SyntaxException {
        int underscore = text.indexOf('_');
        if (underscore < 0) {
            return parse(text);
        }
        refuseDotEnds(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                throw new SyntaxException(underscore, "underscore in an international name", "RFC 5890 §2.3.2.1");
            }
        }
        String lower = text.toLowerCase(Locale.ROOT);
        // With another letter in the underscore's place the rest must be a plain valid name.
        String plain = lower.replace('_', 'a');
        Idna.Result name = Idna.toNames(plain);
        if (!name.ascii().equals(plain) || !name.unicode().equals(plain)) {
            throw new SyntaxException(underscore, "underscore in an international name", "RFC 5890 §2.3.2.1");
        }
        refuseAddress(plain);
        return new DnsName(lower, lower);
    }

    /**
     * Takes a name to look up in DNS as it stands, with no rules for host names: RFC 2181 §11 lets labels hold anything, and
     * names such as {@code _dmarc.example.org} or those made by SPF macros use that. Letters are lowered, and nothing is
     * decoded: {@link #unicode()} is the same as {@link #ascii()}. A space is such a name's too, RFC 7208 §7.1.
     *
     * @param text printable ASCII with space, labels of 1 to 63 octets, no trailing dot
     * @throws SyntaxException when it is anything else; the offset is in chars
     */
    public static DnsName forLookup(String text) throws SyntaxException {
        refuseDotEnds(text);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (i == start || i - start > LABEL_OCTETS) {
                    throw new SyntaxException(start, "a label of 1 to 63 octets", "RFC 1035 §2.3.4");
                }
                start = i + 1;
            } else if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                throw new SyntaxException(i, "a printable ASCII character", "RFC 2181 §11");
            }
        }
        if (text.length() > NAME_OCTETS) {
            throw new SyntaxException(NAME_OCTETS, "a name of at most 253 octets", "RFC 1035 §2.3.4");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return new DnsName(lower, lower);
    }

    /** Takes a name that this package made itself, in lower case and in ASCII. */
    static DnsName ofValid(String ascii) {
        return new DnsName(ascii, ascii);
    }

    /**
     * The name of a service or attribute at this name, such as {@code _dmarc} or {@code selector._domainkey}, RFC 8552.
     *
     * @param labels one or more labels with dots between, as {@link #forLookup} takes them
     * @throws SyntaxException when they are no labels, or the whole is over 253 octets; the offset is in chars of the whole
     */
    public DnsName child(String labels) throws SyntaxException {
        String lower = forLookup(labels).ascii;
        if (lower.length() + 1 + ascii.length() > NAME_OCTETS) {
            throw new SyntaxException(NAME_OCTETS, "a name of at most 253 octets", "RFC 1035 §2.3.4");
        }
        return new DnsName(lower + "." + ascii, lower + "." + unicode);
    }

    private static void refuseDotEnds(String text) throws SyntaxException {
        if (text.isEmpty()) {
            throw new SyntaxException(0, "a domain name", "RFC 1035 §2.3.1");
        }
        if (text.endsWith(".")) {
            throw new SyntaxException(text.length() - 1, "a domain name without trailing dot", "RFC 5321 §2.3.5");
        }
    }

    private static void refuseAddress(String ascii) throws SyntaxException {
        char last = ascii.charAt(ascii.length() - 1);
        if (last < '0' || last > '9') {
            return;
        }
        String[] labels = ascii.split("\\.", -1);
        if (labels.length != 4) {
            return;
        }
        for (String label : labels) {
            if (label.length() > 3
                    || !label.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(label) > 255) {
                return;
            }
        }
        throw new SyntaxException(0, "a domain name, not an IP address", "RFC 1123 §2.1");
    }

    /** Lower case, A-labels for international labels, no trailing dot: the form for DNS and the wire. */
    public String ascii() {
        return ascii;
    }

    /** Lower case, U-labels for international labels, in NFC: the form for people and SMTPUTF8. */
    public String unicode() {
        return unicode;
    }

    /** Whether a label is international, so that the two forms differ. */
    public boolean international() {
        return !ascii.equals(unicode);
    }

    /** The labels in ASCII form, the leftmost first; at least one. */
    public List<String> labels() {
        return List.of(ascii.split("\\.", -1));
    }

    /** The name without its leftmost label; empty for a name of one label. */
    public Optional<DnsName> parent() {
        int dot = ascii.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(new DnsName(ascii.substring(dot + 1), unicode.substring(unicode.indexOf('.') + 1)));
    }

    /** Whether this name is below {@code ancestor}: the ancestor itself is not. */
    public boolean isBelow(DnsName ancestor) {
        return ascii.length() > ancestor.ascii.length()
                && ascii.endsWith(ancestor.ascii)
                && ascii.charAt(ascii.length() - ancestor.ascii.length() - 1) == '.';
    }

    /** Whether {@code ancestor} contains this name, RFC 1034 §3.1: it is the same name or this one is below it. */
    public boolean isSubdomainOf(DnsName ancestor) {
        return equals(ancestor) || isBelow(ancestor);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName name && ascii.equals(name.ascii);
    }

    @Override
    public int hashCode() {
        return ascii.hashCode();
    }

    /** The {@linkplain #unicode() Unicode form}. */
    @Override
    public String toString() {
        return unicode;
    }
}
