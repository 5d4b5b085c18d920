package org.moxmail.smtp;

import org.moxmail.dns.SyntaxException;

/** Where reports about a message go, RFC 5321 §4.1.1.2. */
public sealed interface ReversePath {
    /** Nowhere: the message is itself a report, RFC 5321 §4.5.5. */
    record Null() implements ReversePath {
        @Override
        public String print() {
            return "<>";
        }
    }

    /** To an address. */
    record Address(Mailbox mailbox) implements ReversePath {
        @Override
        public String print() {
            return "<" + mailbox.print() + ">";
        }
    }

    /** The null reverse-path. */
    ReversePath NULL = new Null();

    /** An address as reverse-path. */
    static ReversePath of(Mailbox mailbox) {
        return new Address(mailbox);
    }

    /** Reads a path with its angle brackets. A source route is dropped, RFC 5321 §4.1.1.3 and appendix C. */
    static ReversePath parse(String text) throws SyntaxException {
        Cursor in = new Cursor(text);
        ReversePath path = PathGrammar.reversePath(in, Leniency.DELIVERY);
        in.end("RFC 5321 §4.1.2");
        return path;
    }

    /** The wire form with angle brackets; domains in ASCII. */
    String print();
}
