package org.moxmail.tlsrpt;

import java.time.Instant;
import java.util.List;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.FilenameParts;

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

    public TlsReportFilename {
        FilenameParts parts = new FilenameParts(sender, policyDomain, begin, end, uniqueId, extension);
        begin = parts.begin();
        end = parts.end();
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
        FilenameParts parts = FilenameParts.parse(text, EXTENSIONS, SECTION);
        return new TlsReportFilename(
                parts.reporter(),
                parts.policyDomain(),
                parts.begin(),
                parts.end(),
                parts.uniqueId(),
                parts.extension());
    }

    /** The file name, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return new FilenameParts(sender, policyDomain, begin, end, uniqueId, extension).print();
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
