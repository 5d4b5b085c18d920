package org.moxmail.imap;

import org.moxmail.dns.SyntaxException;

/** Reads a sequence-set from text, RFC 9051 §9. */
final class SequenceSetParser {
    private final String text;
    private int at;

    SequenceSetParser(String text) {
        this.text = text;
    }

    SequenceSet parse() throws SyntaxException {
        if (text.equals("$")) {
            return SequenceSet.SAVED;
        }
        SequenceSet.Builder builder = new SequenceSet.Builder();
        while (true) {
            long left = end();
            long right = left;
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                right = end();
            }
            builder.add(left, right);
            if (at == text.length()) {
                return builder.build();
            }
            if (text.charAt(at) != ',') {
                throw error("comma or colon in a sequence set");
            }
            at++;
        }
    }

    private long end() throws SyntaxException {
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            return SequenceSet.STAR;
        }
        long number = 0;
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + text.charAt(at) - '0';
            if (number > 0xffff_ffffL) {
                throw error("a number below 2^32");
            }
            at++;
        }
        if (start == at || text.charAt(start) == '0') {
            throw error("a number from 1, or *");
        }
        return number;
    }

    private SyntaxException error(String expected) {
        return new SyntaxException(at, expected, "RFC 9051 §9");
    }
}
