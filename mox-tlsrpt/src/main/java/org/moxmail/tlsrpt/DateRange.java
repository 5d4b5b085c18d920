package org.moxmail.tlsrpt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The time that a report is about, RFC 8460 §4.1. A day of reporters ends at its last second or at the next day's first.
 *
 * @param begin in seconds, in the years 0 to 9999
 * @param end likewise
 */
public record DateRange(Instant begin, Instant end) {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** What a report has that doesn't tell. */
    public static final DateRange UNKNOWN = new DateRange(Instant.EPOCH, Instant.EPOCH);

    public DateRange {
        begin = begin.truncatedTo(ChronoUnit.SECONDS);
        end = end.truncatedTo(ChronoUnit.SECONDS);
        if (!isPrintable(begin) || !isPrintable(end)) {
            throw new IllegalArgumentException("a time that RFC 3339 has no text for");
        }
    }

    /** A whole day in UTC, as the standard recommends. */
    public static DateRange of(LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new DateRange(begin, begin.plus(1, ChronoUnit.DAYS).minusSeconds(1));
    }

    /** Whether RFC 3339 has a text for it. */
    static boolean isPrintable(Instant time) {
        return !time.isBefore(FIRST) && !time.truncatedTo(ChronoUnit.SECONDS).isAfter(LAST);
    }

    /** Whether the report tells. */
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }
}
