package org.moxmail.dmarc.report;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The subject of a mail with an aggregate report, RFC 9990 §3.5.2 and RFC 7489 §7.2.1.1.
 *
 * @param policyDomain about whom
 * @param submitter who reports
 * @param reportId printable ASCII without space and angle brackets, at most 255 chars; empty for none
 */
public record ReportSubject(DnsName policyDomain, DnsName submitter, String reportId) {
    private static final String SECTION = "RFC 9990 §3.5.2";
    private static final int MOST = 1000;

    public ReportSubject {
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
    public static ReportSubject parse(String text) throws SyntaxException {
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
            return new ReportSubject(domain, submitter, "");
        }
        words.expect("Report-ID:");
        String id = words.next("a report id");
        String plain = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
        if (plain.isEmpty() || !isId(plain) || !words.ended()) {
            throw new SyntaxException(text.length() - id.length(), "one report id", SECTION);
        }
        return new ReportSubject(domain, submitter, plain);
    }

    /** The subject, unfolded, with domains in ASCII. {@link #parse} reads it as an equal value. */
    public String print() {
        return "Report Domain: " + policyDomain.ascii() + " Submitter: " + submitter.ascii()
                + (reportId.isEmpty() ? "" : " Report-ID: <" + reportId + ">");
    }

    private static boolean isId(String text) {
        return text.length() <= 255 && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
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
