package org.moxmail.tlsrpt;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The subject of a mail with a report, RFC 8460 §5.3. What it says is worth less than what the report says, RFC 8460 §5.6.
 *
 * @param policyDomain about whom
 * @param submitter who reports
 * @param reportId printable ASCII without space and angle brackets, at most 300 chars; empty for none
 */
public record TlsReportSubject(DnsName policyDomain, DnsName submitter, String reportId) {
    private static final String SECTION = "RFC 8460 §5.3";
    private static final int MOST = 1000;

    /** Chars of an id; that and a domain of 253 fit. */
    private static final int MOST_ID = 300;

    public TlsReportSubject {
        Objects.requireNonNull(policyDomain);
        Objects.requireNonNull(submitter);
        if (!isId(reportId)) {
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
        if (text.length() > MOST) {
            throw new SyntaxException(MOST, "a subject of at most " + MOST + " chars", SECTION);
        }
        Words words = new Words(text);
        words.expect("Report");
        words.expect("Domain:");
        DnsName domain = DnsName.parse(words.next("a domain"));
        words.expect("Submitter:");
        DnsName submitter = DnsName.parse(words.next("a domain"));
        if (words.ended()) {
            return new TlsReportSubject(domain, submitter, "");
        }
        words.expect("Report-ID:");
        String id = words.next("a report id");
        String plain = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
        if (plain.isEmpty() || !isId(plain) || !words.ended()) {
            throw new SyntaxException(text.length() - id.length(), "one report id", SECTION);
        }
        return new TlsReportSubject(domain, submitter, plain);
    }

    /** The subject, unfolded, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return "Report Domain: " + policyDomain.ascii() + " Submitter: " + submitter.ascii()
                + (reportId.isEmpty() ? "" : " Report-ID: <" + reportId + ">");
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

    private static boolean isId(String text) {
        return text.length() <= MOST_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return print();
    }

    /** Words with blanks between; a word that ends in a colon may have the next one right behind. */
    private static final class Words {
        private final String text;
        private int at;

        Words(String text) {
            this.text = text;
        }

        void expect(String word) throws SyntaxException {
            blanks();
            if (!text.regionMatches(true, at, word, 0, word.length())) {
                throw new SyntaxException(at, word, SECTION);
            }
            at += word.length();
        }

        String next(String what) throws SyntaxException {
            blanks();
            int from = at;
            while (at < text.length() && !isBlank(text.charAt(at))) {
                at++;
            }
            if (at == from) {
                throw new SyntaxException(at, what, SECTION);
            }
            return text.substring(from, at);
        }

        boolean ended() {
            blanks();
            return at == text.length();
        }

        private void blanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }
    }
}
