package org.moxmail.imap.client;

import java.util.Locale;

/** Protocol words without regard to case. */
final class Words {
    private Words() {}

    static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
