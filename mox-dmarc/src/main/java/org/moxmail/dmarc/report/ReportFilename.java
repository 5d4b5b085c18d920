package org.moxmail.dmarc.report;

import java.time.Instant;
import java.util.List;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.FilenameParts;

/**
 * The name of an aggregate report's file, RFC 9990 §3.5.2 and RFC 7489 §7.2.1.1.
 *
 * @param receiver who reports
 * @param policyDomain about whom
 * @param begin of the time that is reported about, in seconds
 * @param end likewise
 * @param uniqueId ASCII letters and digits; empty for none
 * @param extension {@code xml} or {@code xml.gz}; others that are in use, such as {@code zip}, can be read
 */
public record ReportFilename(
        DnsName receiver, DnsName policyDomain, Instant begin, Instant end, String uniqueId, String extension) {
    /** The extension of XML as it is. */
    public static final String XML = "xml";

    /** The extension of XML with gzip. */
    public static final String XML_GZ = "xml.gz";

    private static final String SECTION = "RFC 9990 §3.5.2";
    private static final List<String> EXTENSIONS = List.of(XML_GZ, XML, "xml.zip", "zip", "gz");

    public ReportFilename {
        FilenameParts parts = new FilenameParts(receiver, policyDomain, begin, end, uniqueId, extension);
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
    public static ReportFilename parse(String text) throws SyntaxException {
        FilenameParts parts = FilenameParts.parse(text, EXTENSIONS, SECTION);
        return new ReportFilename(
                parts.reporter(),
                parts.policyDomain(),
                parts.begin(),
                parts.end(),
                parts.uniqueId(),
                parts.extension());
    }

    /** The file name, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return new FilenameParts(receiver, policyDomain, begin, end, uniqueId, extension).print();
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
