package org.moxmail.tlsrpt;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.report.SubjectParts;

/**
 * The subject of a mail with a report, RFC 8460 §5.3. What it says is worth less than what the report says, RFC 8460 §5.6.
 *
 * @param policyDomain about whom
 * @param submitter who reports
 * @param reportId printable ASCII without space and angle brackets, at most 300 chars; empty for none
 */
public record TlsReportSubject(DnsName policyDomain, DnsName submitter, String reportId) {
    private static final String SECTION = "RFC 8460 §5.3";

    /** Chars of an id; that and a domain of 253 fit. */
    private static final int MOST_ID = 300;

    public TlsReportSubject {
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
    public static TlsReportSubject parse(String text) throws SyntaxException {
        SubjectParts parts = SubjectParts.parse(text, MOST_ID, SECTION);
        return new TlsReportSubject(parts.policyDomain(), parts.submitter(), parts.reportId());
    }

    /** The subject, unfolded, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return new SubjectParts(policyDomain, submitter, reportId).print();
    }

    /**
     * The subject for a report. Its id becomes one that can be part of a message id: what can't stand there is a full stop, and
     * one that names no domain is the submitter's.
     */
    public static TlsReportSubject of(DnsName policyDomain, DnsName submitter, String reportId) {
        int at = reportId.lastIndexOf('@');
        String left = at < 0 ? reportId : reportId.substring(0, at);
        String right = at < 0 ? submitter.ascii() : reportId.substring(at + 1);
        if (!right.matches("[0-9A-Za-z.-]{1,100}") || right.contains("..") || !isEdged(right)) {
            right = submitter.ascii();
        }
        String atoms = left.replaceAll("[^0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+", ".").replaceAll("^\\.|\\.$", "");
        int room = Math.max(1, MOST_ID - 1 - right.length());
        String id = atoms.isEmpty() ? "0" : atoms.substring(0, Math.min(atoms.length(), room));
        return new TlsReportSubject(
                policyDomain, submitter, (id.endsWith(".") ? id.substring(0, id.length() - 1) : id) + "@" + right);
    }

    private static boolean isEdged(String domain) {
        return !domain.startsWith(".") && !domain.endsWith(".");
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }
}
