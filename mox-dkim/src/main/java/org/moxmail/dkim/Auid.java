package org.moxmail.dkim;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.Localpart;

/**
 * The agent or user identifier of a signature, RFC 6376 §2.6: on whose behalf the domain signed. It looks like a mail address
 * and need not be one.
 *
 * @param localpart empty when the signature speaks for the domain only
 */
public record Auid(Localpart localpart, DnsName domain) {
    public Auid {
        Objects.requireNonNull(localpart, "localpart");
        Objects.requireNonNull(domain, "domain");
    }

    /** A mail address as identifier. */
    public static Auid of(Address address) {
        return new Auid(address.localpart(), address.domain());
    }

    /** The identifier that a signature without i= has. */
    public static Auid of(DnsName domain) {
        try {
            return new Auid(Localpart.ofDecoded(""), domain);
        } catch (SyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * As the i= tag has it before it is quoted.
     *
     * @param smtpUtf8 whether the domain stands in Unicode
     */
    public String print(boolean smtpUtf8) {
        String local = localpart.value().isEmpty() ? "" : localpart.print();
        return local + '@' + (smtpUtf8 ? domain.unicode() : domain.ascii());
    }

    /** As {@link #print} with Unicode. */
    @Override
    public String toString() {
        return print(true);
    }
}
