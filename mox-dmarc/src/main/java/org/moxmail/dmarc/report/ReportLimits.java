package org.moxmail.dmarc.report;

/**
 * What reading a report may cost: RFC 9990 §8.1 warns of zip bombs and XML bombs. Beyond {@code compressedBytes}, {@code xmlBytes},
 * {@code markupBytes}, {@code depth} or {@code rows} there is no report; texts and lists are cut.
 *
 * @param compressedBytes octets of an attachment without its transfer encoding
 * @param xmlBytes octets of XML, after decompression
 * @param markupBytes octets from one {@code <} to the next: text, tags, attributes
 * @param depth elements within elements
 * @param rows {@code record} elements
 * @param entries {@code dkim}, {@code spf} and {@code reason} elements of a row each, and errors; RFC 9990 §3.1.3 has 100
 * @param text chars of a text, counted without blanks at its ends
 */
public record ReportLimits(
        long compressedBytes, long xmlBytes, int markupBytes, int depth, int rows, int entries, int text) {
    /** 15 MiB of attachment, 20 MiB of XML, 100,000 rows. */
    public static final ReportLimits DEFAULT = new ReportLimits(15L << 20, 20L << 20, 1 << 16, 32, 100_000, 100, 2048);

    public ReportLimits {
        if (compressedBytes < 1
                || xmlBytes < 1
                || markupBytes < 1
                || depth < 1
                || rows < 1
                || entries < 1
                || text < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }

    /** The same with other sizes. */
    public ReportLimits withSizes(long compressed, long xml, int mostRows) {
        return new ReportLimits(compressed, xml, markupBytes, depth, mostRows, entries, text);
    }
}
