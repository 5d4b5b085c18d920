package org.moxmail.message;

/** Which characters the words of header fields are made of, in tables. */
final class CharClass {
    private static final byte TOKEN = 1;
    private static final byte ATOM_TEXT = 2;
    private static final byte ADDRESS_WORD = 4;

    private static final byte[] CLASSES = classes();

    private CharClass() {}

    private static byte[] classes() {
        byte[] classes = new byte[0x100];
        for (char c = '!'; c < 0x7f; c++) {
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            int bits = "()<>@,;:\\\"/[]?=".indexOf(c) < 0 ? TOKEN : 0;
            bits |= alphanumeric || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0 ? ATOM_TEXT : 0;
            bits |= "()<>@,;:\\\"[].".indexOf(c) < 0 ? ADDRESS_WORD : 0;
            classes[c] = (byte) bits;
        }
        return classes;
    }

    /** RFC 2045 §5.1, and what isn't ASCII. */
    static boolean isToken(char c) {
        return c >= 0x80 || (CLASSES[c] & TOKEN) != 0;
    }

    /** RFC 5322 §3.2.3 and RFC 6532 §3.2. */
    static boolean isAtomText(char c) {
        return c >= 0x80 || (CLASSES[c] & ATOM_TEXT) != 0;
    }

    /** What may stand in a word of an address list: anything that ends none. */
    static boolean isAddressWord(char c) {
        return c >= 0x80 || (CLASSES[c] & ADDRESS_WORD) != 0;
    }

    /** Whether an octet is ASCII that may stand in a token. */
    static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** Whether an octet is ASCII that may stand in a word of an address list. */
    static boolean isAddressWord(byte octet) {
        return (CLASSES[octet & 0xff] & ADDRESS_WORD) != 0;
    }
}
