package org.moxmail.message;

/**
 * Words that headers are full of, in a table, so that reading one from octets makes no new string. The table is open
 * addressed and never changes; a word that isn't in it becomes a string of its own.
 */
final class CommonWords {
    private static final String[] WORDS = {
        "text",
        "plain",
        "html",
        "multipart",
        "mixed",
        "alternative",
        "related",
        "report",
        "signed",
        "digest",
        "message",
        "rfc822",
        "global",
        "delivery-status",
        "disposition-notification",
        "application",
        "octet-stream",
        "pdf",
        "zip",
        "json",
        "pkcs7-mime",
        "pkcs7-signature",
        "x-pkcs7-signature",
        "pgp-signature",
        "pgp-encrypted",
        "encrypted",
        "msword",
        "image",
        "png",
        "jpeg",
        "gif",
        "svg+xml",
        "calendar",
        "audio",
        "video",
        "mpeg",
        "csv",
        "xml",
        "charset",
        "boundary",
        "name",
        "filename",
        "format",
        "delsp",
        "type",
        "protocol",
        "micalg",
        "report-type",
        "size",
        "method",
        "creation-date",
        "modification-date",
        "flowed",
        "fixed",
        "yes",
        "no",
        "utf-8",
        "UTF-8",
        "us-ascii",
        "US-ASCII",
        "iso-8859-1",
        "ISO-8859-1",
        "iso-8859-2",
        "ISO-8859-2",
        "iso-8859-15",
        "ISO-8859-15",
        "windows-1252",
        "Windows-1252",
        "windows-1251",
        "gb2312",
        "GB2312",
        "iso-2022-jp",
        "ISO-2022-JP",
        "koi8-r",
        "KOI8-R",
        "7bit",
        "8bit",
        "binary",
        "base64",
        "quoted-printable",
        "attachment",
        "inline",
        "form-data",
    };

    private static final int LONGEST = 24;
    private static final int MASK = 511;
    private static final String[] TABLE = table();

    private CommonWords() {}

    private static String[] table() {
        String[] table = new String[MASK + 1];
        for (String word : WORDS) {
            int at =
                    slot(word.length(), word.charAt(0), word.charAt(word.length() - 1), word.charAt(word.length() / 2));
            while (table[at] != null) {
                at = at + 1 & MASK;
            }
            table[at] = word;
        }
        return table;
    }

    private static int slot(int length, int first, int last, int middle) {
        return (length * 0x9e37 + first * 0x85 + last * 0x1f + middle * 0x1f7) >>> 2 & MASK;
    }

    /** The word in a range of ASCII octets that isn't empty. */
    static String exact(byte[] octets, int from, int to) {
        int length = to - from;
        if (length <= LONGEST) {
            int at = slot(length, octets[from], octets[to - 1], octets[from + length / 2]);
            String word = TABLE[at];
            while (word != null) {
                if (word.length() == length && isExactly(word, octets, from)) {
                    return word;
                }
                at = (at + 1) & MASK;
                word = TABLE[at];
            }
        }
        return HeaderText.ascii(octets, from, to);
    }

    private static boolean isExactly(String word, byte[] octets, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (octets[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The word in a range of ASCII octets that isn't empty, in lower case. */
    static String lower(byte[] octets, int from, int to) {
        int length = to - from;
        if (length <= LONGEST) {
            int at = slot(length, lower(octets[from]), lower(octets[to - 1]), lower(octets[from + length / 2]));
            String word = TABLE[at];
            while (word != null) {
                if (word.length() == length && isInLower(word, octets, from)) {
                    return word;
                }
                at = (at + 1) & MASK;
                word = TABLE[at];
            }
        }
        return EntityHeader.lower(HeaderText.ascii(octets, from, to));
    }

    private static boolean isInLower(String word, byte[] octets, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (lower(octets[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }
}
