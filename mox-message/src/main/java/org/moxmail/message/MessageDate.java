package org.moxmail.message;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.moxmail.dns.SyntaxException;

/** The date-time of header fields, RFC 5322 §3.3 with the obsolete forms of §4.3. */
public final class MessageDate {
    private static final String RFC = "RFC 5322 §3.3";
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> PRINTED_MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> PRINTED_DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** RFC 5322 §4.3; hours. */
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("ut", 0),
            Map.entry("gmt", 0),
            Map.entry("utc", 0),
            Map.entry("z", 0),
            Map.entry("edt", -4),
            Map.entry("est", -5),
            Map.entry("cdt", -5),
            Map.entry("cst", -6),
            Map.entry("mdt", -6),
            Map.entry("mst", -7),
            Map.entry("pdt", -7),
            Map.entry("pst", -8));

    private MessageDate() {}

    /**
     * Reads a date. The day of the week isn't compared with the date, since wrong ones are common; a zone offset beyond what
     * there is counts as UTC; a leap second is the second before.
     *
     * @throws SyntaxException when it isn't one, or beyond the year 9999
     */
    public static OffsetDateTime parse(String text) throws SyntaxException {
        return new Reader(text).read();
    }

    /** Writes a date as RFC 5322 §3.3 says, such as {@code Tue, 3 Mar 2026 09:05:07 +0100}. */
    public static String print(OffsetDateTime date) {
        int minutes = date.getOffset().getTotalSeconds() / 60;
        return String.format(
                Locale.ROOT,
                "%s, %d %s %04d %02d:%02d:%02d %s%02d%02d",
                PRINTED_DAYS.get(date.getDayOfWeek().getValue() - 1),
                date.getDayOfMonth(),
                PRINTED_MONTHS.get(date.getMonthValue() - 1),
                date.getYear(),
                date.getHour(),
                date.getMinute(),
                date.getSecond(),
                minutes < 0 ? "-" : "+",
                Math.abs(minutes) / 60,
                Math.abs(minutes) % 60);
    }

    private static final class Reader {
        private final HeaderTokens tokens;

        Reader(String text) {
            tokens = new HeaderTokens(text);
        }

        OffsetDateTime read() throws SyntaxException {
            tokens.skipBlanks();
            if (Character.isLetter(tokens.here())) {
                String day = letters();
                if (day.length() < 3 || !DAYS.contains(day.substring(0, 3))) {
                    throw error("a day of the week");
                }
                tokens.skipBlanks();
                tokens.take(',');
                tokens.skipBlanks();
            }
            int day = number(1, 2);
            separator();
            String month = letters();
            int monthNumber = month.length() < 3 ? 0 : MONTHS.indexOf(month.substring(0, 3)) + 1;
            if (monthNumber == 0) {
                throw error("a month");
            }
            separator();
            int year = year();
            tokens.skipBlanks();
            int hour = number(1, 2);
            colon();
            int minute = number(1, 2);
            tokens.skipBlanks();
            int second = 0;
            if (tokens.here() == ':') {
                colon();
                second = number(1, 2);
            }
            tokens.skipBlanks();
            ZoneOffset zone = zone();
            if (second == 60) {
                second = 59;
            }
            try {
                return OffsetDateTime.of(LocalDateTime.of(year, monthNumber, day, hour, minute, second), zone);
            } catch (DateTimeException e) {
                throw error("a day and time that exist");
            }
        }

        private int year() throws SyntaxException {
            int from = tokens.at();
            int year = number(2, 9);
            int digits = tokens.at() - from;
            if (year > 9999) {
                throw error("a year of four digits");
            }
            // RFC 5322 §4.3.
            if (digits == 2) {
                return year < 50 ? 2000 + year : 1900 + year;
            }
            return digits == 3 ? 1900 + year : year;
        }

        private void separator() {
            tokens.skipBlanks();
            if (tokens.take('-')) {
                tokens.skipBlanks();
            }
        }

        private void colon() throws SyntaxException {
            tokens.skipBlanks();
            if (!tokens.take(':')) {
                throw error("a colon");
            }
            tokens.skipBlanks();
        }

        private int number(int least, int most) throws SyntaxException {
            int value = 0;
            int digits = 0;
            while (digits < most && tokens.here() >= '0' && tokens.here() <= '9') {
                value = value * 10 + (tokens.here() - '0');
                tokens.skip();
                digits++;
            }
            if (digits < least) {
                throw error("a number of " + least + " to " + most + " digits");
            }
            return value;
        }

        private String letters() {
            int from = tokens.at();
            while (Character.isLetter(tokens.here())) {
                tokens.skip();
            }
            return EntityHeader.lower(tokens.since(from));
        }

        private ZoneOffset zone() throws SyntaxException {
            char sign = tokens.here();
            if (sign == '+' || sign == '-') {
                tokens.skip();
                int number = number(4, 4);
                int minutes = number / 100 * 60 + number % 100;
                if (minutes > 18 * 60 || number % 100 > 59) {
                    return ZoneOffset.UTC;
                }
                return ZoneOffset.ofTotalSeconds(sign == '-' ? -minutes * 60 : minutes * 60);
            }
            // RFC 5322 §4.3: other names say nothing reliable and count as -0000.
            Integer hours = ZONES.get(letters());
            return hours == null ? ZoneOffset.UTC : ZoneOffset.ofHours(hours);
        }

        private SyntaxException error(String expected) {
            return new SyntaxException(tokens.at(), expected, RFC);
        }
    }
}
