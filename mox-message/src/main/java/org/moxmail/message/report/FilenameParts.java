package org.moxmail.message.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The name of a report's file, RFC 9990 §3.5.2 and RFC 8460 §5.1.
 *
 * @param reporter who reports
 * @param policyDomain about whom
 * @param begin of the time that is reported about, in seconds
 * @param end likewise
 * @param uniqueId ASCII letters and digits; empty for none
 * @param extension without its dot
 */
public record FilenameParts(
        DnsName reporter, DnsName policyDomain, Instant begin, Instant end, String uniqueId, String extension) {
    /** Chars at most: two domain names, two numbers and an id. */
    private static final int MOST = 1000;

    /** @throws IllegalArgumentException for a time before 1970, or what is no id */
    public FilenameParts {
        Objects.requireNonNull(reporter);
        Objects.requireNonNull(policyDomain);
        Objects.requireNonNull(extension);
        begin = Instant.ofEpochSecond(begin.getEpochSecond());
        end = Instant.ofEpochSecond(end.getEpochSecond());
        if (begin.getEpochSecond() < 0 || end.getEpochSecond() < 0) {
            throw new IllegalArgumentException("a time before 1970");
        }
        if (!isId(uniqueId)) {
            throw new IllegalArgumentException("unique id " + uniqueId);
        }
    }

    /**
     * Reads a file name, with its extension in any case.
     *
     * @param extensions those that are known; of several that fit the first counts
     * @param section of the standard, for errors
     * @throws SyntaxException when it is none of a report; the offset is in chars
     */
    public static FilenameParts parse(String text, List<String> extensions, String section) throws SyntaxException {
        if (text.length() > MOST) {
            throw new SyntaxException(MOST, "a name of at most " + MOST + " chars", section);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String extension = extensions.stream()
                .filter(known -> lower.endsWith("." + known))
                .findFirst()
                .orElse("");
        if (extension.isEmpty()) {
            throw new SyntaxException(text.length(), "a known extension", section);
        }
        String[] parts =
                text.substring(0, text.length() - extension.length() - 1).split("!", -1);
        if (parts.length < 4 || parts.length > 5) {
            throw new SyntaxException(0, "4 or 5 parts with exclamation points between", section);
        }
        if (parts.length == 5 && (parts[4].isEmpty() || !isId(parts[4]))) {
            throw new SyntaxException(text.length() - parts[4].length(), "letters and digits", section);
        }
        return new FilenameParts(
                DnsName.parse(parts[0]),
                DnsName.parse(parts[1]),
                instant(parts[2], section),
                instant(parts[3], section),
                parts.length == 5 ? parts[4] : "",
                extension);
    }

    private static Instant instant(String text, String section) throws SyntaxException {
        if (text.isEmpty() || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SyntaxException(0, "seconds since 1970 in digits", section);
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(text));
        } catch (DateTimeException e) {
            throw new SyntaxException(0, "seconds since 1970", section);
        }
    }

    /** The file name, with domains in ASCII. */
    public String print() {
        return reporter.ascii() + "!" + policyDomain.ascii() + "!" + begin.getEpochSecond() + "!" + end.getEpochSecond()
                + (uniqueId.isEmpty() ? "" : "!" + uniqueId) + "." + extension;
    }

    private static boolean isId(String text) {
        return text.length() <= 200
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }
}
