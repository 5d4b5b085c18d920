package org.moxmail.smtp;

import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Localpart;

/**
 * An address in an envelope, RFC 5321 §4.1.2: {@code Local-part "@" ( Domain / address-literal )}.
 *
 * <p>Two are equal when their localparts are, in their exact spelling, and their hosts are. Which localparts mean the same
 * mailbox is known to the receiving domain only.
 */
public record Mailbox(Localpart localpart, MailHost host) {
    /** Reads an address without angle brackets; its localpart may have 128 octets. */
    public static Mailbox parse(String text) throws SyntaxException {
        Cursor in = new Cursor(text);
        Mailbox mailbox = PathGrammar.mailbox(in, Leniency.DELIVERY);
        in.end("RFC 5321 §4.1.2");
        return mailbox;
    }

    /** Whether it can only be used with SMTPUTF8 (RFC 6531): the localpart is not ASCII. A domain always has an ASCII form. */
    public boolean needsSmtpUtf8() {
        return localpart.international();
    }

    /** The wire form without angle brackets; the domain in ASCII. */
    public String print() {
        return localpart.print() + "@" + host.print();
    }

    /** As {@link #print}, with the domain in Unicode when {@code smtputf8} is in use. */
    public String print(boolean smtputf8) {
        return smtputf8 && host instanceof MailHost.Domain domain
                ? localpart.print() + "@" + domain.name().unicode()
                : print();
    }

    @Override
    public String toString() {
        return print(true);
    }
}
