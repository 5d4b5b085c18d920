package org.moxmail.tlsrpt;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The name of a report's file, RFC 8460 §5.1. What it says is worth less than what the report says, RFC 8460 §5.6.
 *
 * @param sender who reports: the domain of the contact address
 * @param policyDomain about whom
 * @param begin of the time that is reported about, in seconds
 * @param end likewise
 * @param uniqueId ASCII letters and digits; empty for none
 * @param extension {@code json} or {@code json.gz}
 */
public record TlsReportFilename(
        DnsName sender, DnsName policyDomain, Instant begin, Instant end, String uniqueId, String extension) {
    /** The extension of JSON as it is. */
    public static final String JSON = "json";

    /** The extension of JSON with gzip. */
    public static final String JSON_GZ = "json.gz";

    private static final String SECTION = "RFC 8460 §5.1";
    private static final List<String> EXTENSIONS = List.of(JSON_GZ, JSON);

    /** Chars at most: two domain names, two numbers and an id. */
    private static final int MOST = 1000;

    public TlsReportFilename {
        Objects.requireNonNull(sender);
        Objects.requireNonNull(policyDomain);
        begin = Instant.ofEpochSecond(begin.getEpochSecond());
        end = Instant.ofEpochSecond(end.getEpochSecond());
        if (begin.getEpochSecond() < 0 || end.getEpochSecond() < 0) {
            throw new IllegalArgumentException("a time before 1970");
        }
        if (!isId(uniqueId)) {
            throw new IllegalArgumentException("unique id " + uniqueId);
        }
        if (!EXTENSIONS.contains(extension)) {
            throw new IllegalArgumentException("extension " + extension);
        }
    }

    /**
     * Reads a file name, with its extension in any case.
     *
     * @throws SyntaxException when it is none of a report; the offset is in chars
     */
    public static TlsReportFilename parse(String text) throws SyntaxException {
        if (text.length() > MOST) {
            throw new SyntaxException(MOST, "a name of at most " + MOST + " chars", SECTION);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String extension = EXTENSIONS.stream()
                .filter(known -> lower.endsWith("." + known))
                .findFirst()
                .orElse("");
        if (extension.isEmpty()) {
            throw new SyntaxException(text.length(), "a known extension", SECTION);
        }
        String[] parts =
                text.substring(0, text.length() - extension.length() - 1).split("!", -1);
        if (parts.length < 4 || parts.length > 5) {
            throw new SyntaxException(0, "4 or 5 parts with exclamation points between", SECTION);
        }
        if (parts.length == 5 && (parts[4].isEmpty() || !isId(parts[4]))) {
            throw new SyntaxException(text.length() - parts[4].length(), "letters and digits", SECTION);
        }
        return new TlsReportFilename(
                DnsName.parse(parts[0]),
                DnsName.parse(parts[1]),
                instant(parts[2]),
                instant(parts[3]),
                parts.length == 5 ? parts[4] : "",
                extension);
    }

    private static Instant instant(String text) throws SyntaxException {
        if (text.isEmpty() || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SyntaxException(0, "seconds since 1970 in digits", SECTION);
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (DateTimeException e) {
            throw new SyntaxException(0, "seconds since 1970", SECTION);
        }
    }

    /** The file name, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return sender.ascii() + "!" + policyDomain.ascii() + "!" + begin.getEpochSecond() + "!" + end.getEpochSecond()
                + (uniqueId.isEmpty() ? "" : "!" + uniqueId) + "." + extension;
    }

    private static boolean isId(String text) {
        return text.length() <= 200
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
