package org.moxmail.smtp;

import org.moxmail.dns.SyntaxException;

/** Where a message goes, RFC 5321 §4.1.1.3. */
public sealed interface ForwardPath {
    /** The postmaster of whichever server is asked, RFC 5321 §4.5.1. The word's spelling doesn't matter. */
    record Postmaster() implements ForwardPath {
        @Override
        public String print() {
            return "<postmaster>";
        }
    }

    /** An address. */
    record Address(Mailbox mailbox) implements ForwardPath {
        @Override
        public String print() {
            return "<" + mailbox.print() + ">";
        }
    }

    /** The postmaster without domain. */
    ForwardPath POSTMASTER = new Postmaster();

    /** An address as forward-path. */
    static ForwardPath of(Mailbox mailbox) {
        return new Address(mailbox);
    }

    /** Reads a path with its angle brackets. A source route is dropped, RFC 5321 §4.1.1.3 and appendix C. */
    static ForwardPath parse(String text) throws SyntaxException {
        Cursor in = new Cursor(text);
        ForwardPath path = PathGrammar.forwardPath(in, Leniency.DELIVERY);
        in.end("RFC 5321 §4.1.2");
        return path;
    }

    /** The wire form with angle brackets; domains in ASCII. */
    String print();
}
