package org.moxmail.server.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Prints the time for header fields that we add, RFC 5322 §3.3, in UTC. Each message needs it, so formatters are too slow. */
public final class FieldDate {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private FieldDate() {}

    /** Such as {@code Tue, 24 Nov 2026 10:00:00 +0000}. */
    public static String print(Instant at) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(31);
        out.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
        twoDigits(out, time.getDayOfMonth()).append(' ');
        out.append(MONTHS.get(time.getMonthValue() - 1)).append(' ');
        twoDigits(out, time.getYear() / 100);
        twoDigits(out, time.getYear() % 100).append(' ');
        twoDigits(out, time.getHour()).append(':');
        twoDigits(out, time.getMinute()).append(':');
        return twoDigits(out, time.getSecond()).append(" +0000").toString();
    }

    private static StringBuilder twoDigits(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
