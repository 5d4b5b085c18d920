package org.moxmail.message.authres;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Localpart;

/**
 * Which property of a message was looked at, {@code ptype.property=pvalue} of RFC 8601 §2.2, such as
 * {@code smtp.mailfrom=joe@example.org}.
 *
 * @param type {@code smtp}, {@code header}, {@code body}, {@code policy} or another; in lower case
 * @param name such as {@code mailfrom} or {@code d}; in lower case
 * @param value decoded: without quotes, unless it is an address whose localpart needs them. An address has its localpart
 *     as {@link Localpart#print} writes it; {@code @example.org} is one without. Domains are as they were written
 */
public record AuthenticationProperty(String type, String name, String value) {
    /** @throws IllegalArgumentException for a type or name that isn't a keyword, or a value that can't be written */
    public AuthenticationProperty {
        type = AuthresText.keyword(type);
        name = AuthresText.keyword(name);
        value = canonical(Objects.requireNonNull(value, "value"));
        AuthresText.requirePrintable(value);
    }

    private static String canonical(String value) {
        int at = value.lastIndexOf('@');
        if (!isAddress(value) || at == 0) {
            return value;
        }
        try {
            return Localpart.parse(value.substring(0, at)).print() + value.substring(at);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(value, e);
        }
    }

    /** Whether a text can stand as {@code [local-part] "@" domain-name}. */
    static boolean isAddress(String value) {
        int at = value.lastIndexOf('@');
        if (at < 0) {
            return false;
        }
        try {
            DnsName.parseLax(value.substring(at + 1));
            if (at > 0) {
                Localpart.parse(value.substring(0, at));
            }
            return true;
        } catch (SyntaxException e) {
            return false;
        }
    }

    /** This property with the domain in its value, if it is one or an address with one, as A-labels. */
    AuthenticationProperty withAsciiDomain() {
        return AuthresText.isAscii(value)
                ? this
                : new AuthenticationProperty(type, name, AuthresText.asciiDomain(value));
    }

    /** As a field has it. */
    String print() {
        boolean plain = AuthresText.isToken(value)
                || isAddress(value)
                || !AuthresText.isAscii(value) && AuthresText.isDomain(value);
        return type + '.' + name + '=' + (plain ? value : AuthresText.quote(value));
    }

    /** As a field has it, such as {@code header.d=example.org}. */
    @Override
    public String toString() {
        return print();
    }
}
