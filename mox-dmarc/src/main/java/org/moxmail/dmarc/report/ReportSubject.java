package org.moxmail.dmarc.report;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.SubjectParts;

/**
 * The subject of a mail with an aggregate report, RFC 9990 §3.5.2 and RFC 7489 §7.2.1.1.
 *
 * @param policyDomain about whom
 * @param submitter who reports
 * @param reportId printable ASCII without space and angle brackets, at most 255 chars; empty for none
 */
public record ReportSubject(DnsName policyDomain, DnsName submitter, String reportId) {
    private static final String SECTION = "RFC 9990 §3.5.2";

    /** Chars of an id. */
    private static final int MOST_ID = 255;

    public ReportSubject {
        Objects.requireNonNull(policyDomain);
        Objects.requireNonNull(submitter);
        if (!SubjectParts.isId(reportId, MOST_ID)) {
            throw new IllegalArgumentException("report id " + reportId);
        }
    }

    /**
     * Reads a subject, with its words in any case, and whatever brackets the id has.
     *
     * @param text unfolded, and encoded-words decoded
     * @throws SyntaxException when it is none of a report; the offset is in chars
     */
    public static ReportSubject parse(String text) throws SyntaxException {
        SubjectParts parts = SubjectParts.parse(text, MOST_ID, SECTION);
        return new ReportSubject(parts.policyDomain(), parts.submitter(), parts.reportId());
    }

    /** The subject, unfolded, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return new SubjectParts(policyDomain, submitter, reportId).print();
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
