package org.moxmail.message;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * A mail address with a domain name: {@code localpart@domain}, RFC 5322 §3.4.1 without comments and white space, with the
 * UTF-8 of RFC 6532. Address literals such as {@code [192.0.2.1]} are no domain names and not for this type.
 */
public record Address(Localpart localpart, DnsName domain) {
    public Address {
        Objects.requireNonNull(localpart, "localpart");
        Objects.requireNonNull(domain, "domain");
    }

    /**
     * Reads an address; the localpart is a dot-string or quoted-string.
     *
     * @throws SyntaxException when the whole text isn't one; the offset is in chars
     */
    public static Address parse(String text) throws SyntaxException {
        int at = Localpart.scan(text, 0);
        if (at == text.length() || text.charAt(at) != '@') {
            throw new SyntaxException(at, "an @", "RFC 5322 §3.4.1");
        }
        return of(Localpart.decode(text, 0, at), text, at + 1);
    }

    /**
     * Reads an address whose localpart was decoded already, as mail parsers leave it: what precedes the last {@code @} is
     * the localpart, whatever characters it has.
     *
     * @throws SyntaxException for no {@code @}, control characters, a wrong length or domain
     */
    public static Address parseDecoded(String text) throws SyntaxException {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new SyntaxException(text.length(), "an @", "RFC 5322 §3.4.1");
        }
        return of(Localpart.ofDecoded(text.substring(0, at)), text, at + 1);
    }

    private static Address of(Localpart localpart, String text, int domainFrom) throws SyntaxException {
        try {
            return new Address(localpart, DnsName.parse(text.substring(domainFrom)));
        } catch (SyntaxException e) {
            throw new SyntaxException(domainFrom + e.offset(), e.expected(), e.rfc());
        }
    }

    /** Whether the localpart or the domain has anything but ASCII. */
    public boolean international() {
        return localpart.international() || domain.international();
    }

    /**
     * As SMTP and header fields write it.
     *
     * @param smtpUtf8 whether the domain may be written in Unicode; the localpart is always as it is
     */
    public String print(boolean smtpUtf8) {
        return localpart.print() + '@' + (smtpUtf8 ? domain.unicode() : domain.ascii());
    }

    /** As {@link #print} with Unicode. */
    @Override
    public String toString() {
        return print(true);
    }
}
