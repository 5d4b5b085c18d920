package org.moxmail.dns;

import java.net.IDN;
import java.util.Locale;

/** Preliminary: IDNA 2003 until the UTS 46 table is generated. */
final class Idna {
    record Result(String ascii, String unicode) {}

    private Idna() {}

    static Result toNames(String text) throws SyntaxException {
        String ascii;
        String unicode;
        try {
            ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            unicode = IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(0, "a valid domain name", "RFC 5891 §4.2");
        }
        if (ascii.length() > DnsName.NAME_OCTETS) {
            throw new SyntaxException(0, "a domain name of at most 253 octets", "RFC 1035 §2.3.4");
        }
        return new Result(ascii, unicode);
    }
}
