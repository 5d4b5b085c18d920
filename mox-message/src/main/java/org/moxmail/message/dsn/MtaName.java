package org.moxmail.message.dsn;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The name of a mail server, {@code mta-name-type ";" mta-name} of RFC 3464 §2.2.2, such as
 * {@code dns; mx.example.org (192.0.2.1)}.
 *
 * @param type in lower case; {@code dns} for a domain name or domain literal, RFC 3461 §9.3
 * @param name as written, in its case, without comments
 * @param comment without parentheses, such as the address of a client (RFC 3464 §2.2.4), or null
 */
public record MtaName(String type, String name, @Nullable String comment) {
    /** The type of names in the DNS. */
    public static final String DNS = "dns";

    /** What stands for a name that isn't told. */
    public static final MtaName UNKNOWN = new MtaName("unknown", "unknown", null);

    /** @throws IllegalArgumentException when the type is no atom, or the name or comment can't be written */
    public MtaName {
        type = DsnText.requireType(type);
        DsnText.requireUncommented(Objects.requireNonNull(name, "name"), "name of a mail server");
        if (comment != null) {
            DsnText.requireComment(comment);
            if (!DsnText.takesComment(name, comment)) {
                throw new IllegalArgumentException("a comment behind " + name);
            }
        }
    }

    /** A name in the DNS. */
    public static MtaName dns(String name) {
        return new MtaName(DNS, name, null);
    }

    /** A name in the DNS, with A-labels. */
    public static MtaName dns(DnsName name) {
        return dns(name.ascii());
    }

    /**
     * Reads what stands behind the field's colon, unfolded.
     *
     * @throws SyntaxException when it has no type or no name; the offset is in chars
     */
    public static MtaName parse(String text) throws SyntaxException {
        TypedText typed = TypedText.parse(text);
        return of(typed.type(), typed.text(), typed.offset());
    }

    /** A name as a field has it, with comments. */
    static MtaName of(String type, String text, int offset) throws SyntaxException {
        DsnText.Split split = DsnText.split(text);
        if (split.text().isEmpty()) {
            throw new SyntaxException(offset, "the name of a mail server", "RFC 3464 §2.2.2");
        }
        DsnText.checkText(split.text(), offset);
        String comment = split.comment();
        boolean told = comment != null && DsnText.takesComment(split.text(), comment);
        return new MtaName(type, split.text(), told ? comment : null);
    }

    /** This name with a comment beside it. */
    public MtaName withComment(String text) {
        return new MtaName(type, name, Objects.requireNonNull(text, "text"));
    }

    /** The domain name, when it is one. */
    public Optional<DnsName> domain() {
        try {
            return type.equals(DNS) ? Optional.of(DnsName.parse(name)) : Optional.empty();
        } catch (SyntaxException e) {
            return Optional.empty(); // A domain literal, or what somebody wrote there.
        }
    }

    /** With A-labels; comments have a way of their own to be in ASCII. */
    MtaName withAsciiText() {
        if (DsnText.isAscii(name)) {
            return this;
        }
        return new MtaName(type, domain().map(DnsName::ascii).orElseGet(() -> DsnText.escaped(name)), comment);
    }

    /**
     * As a field has it.
     *
     * @param utf8 whether it may have UTF-8, RFC 6533 §4.1; else A-labels and encoded-words stand for it
     */
    public String print(boolean utf8) {
        MtaName printed = utf8 ? this : withAsciiText();
        return type + "; " + printed.name + (comment == null ? "" : " " + DsnText.comment(comment, utf8));
    }

    /** As {@link #print} with UTF-8. */
    @Override
    public String toString() {
        return print(true);
    }
}
