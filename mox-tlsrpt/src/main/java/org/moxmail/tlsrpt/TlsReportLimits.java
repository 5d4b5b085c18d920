package org.moxmail.tlsrpt;

/**
 * What reading a report may cost; RFC 8460 §7 knows that anybody may send one. Beyond a limit there is no report, but texts are
 * cut and lists of a policy's strings too.
 *
 * @param compressedBytes octets of an attachment without its transfer encoding
 * @param jsonBytes octets of JSON, after decompression
 * @param depth objects and arrays within each other
 * @param policies of a report
 * @param failureDetails of a report, all policies' together
 * @param strings of one policy, and patterns likewise
 * @param stringChars chars of a string of JSON
 * @param text chars that are kept of it
 */
public record TlsReportLimits(
        long compressedBytes,
        long jsonBytes,
        int depth,
        int policies,
        int failureDetails,
        int strings,
        int stringChars,
        int text) {
    /** 15 MiB of attachment, 20 MiB of JSON, 10,000 policies, 100,000 details. */
    public static final TlsReportLimits DEFAULT =
            new TlsReportLimits(15L << 20, 20L << 20, 32, 10_000, 100_000, 1000, 1 << 16, 2048);

    public TlsReportLimits {
        if (compressedBytes < 1
                || jsonBytes < 1
                || depth < 1
                || policies < 1
                || failureDetails < 1
                || strings < 1
                || stringChars < 1
                || text < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }

    /** The same with other sizes. */
    public TlsReportLimits withSizes(long compressed, long json, int mostPolicies, int mostDetails) {
        return new TlsReportLimits(compressed, json, depth, mostPolicies, mostDetails, strings, stringChars, text);
    }
}
