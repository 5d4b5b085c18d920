package org.moxmail.imap.server;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The day that a Date field tells (RFC 5322 §3.3), as its author's calendar had it. */
final class SentDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private SentDate() {}

    /** Reads the day, or null. Lenient about everything but day, month and year. */
    static @Nullable LocalDate parse(@Nullable String field) {
        if (field == null) {
            return null;
        }
        String[] words = field.strip().split("[\\s,-]+", 6);
        int at = 0;
        while (at < words.length && !startsWithDigit(words[at])) {
            at++;
        }
        if (at + 2 >= words.length || words[at + 1].length() < 3) {
            return null;
        }
        int month = MONTHS.indexOf(words[at + 1].substring(0, 3).toLowerCase(Locale.ROOT));
        int day = number(words[at]);
        int year = number(words[at + 2]);
        if (month < 0 || month % 3 != 0 || day < 0 || year < 0) {
            return null;
        }
        if (words[at + 2].length() <= 3) {
            // RFC 5322 §4.3.
            year += year < 50 && words[at + 2].length() == 2 ? 2000 : 1900;
        }
        try {
            return LocalDate.of(year, month / 3 + 1, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean startsWithDigit(String word) {
        return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
    }

    private static int number(String word) {
        if (word.isEmpty() || word.length() > 4) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
