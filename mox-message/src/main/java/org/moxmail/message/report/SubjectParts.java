package org.moxmail.message.report;

import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * The subject of a mail with a report, RFC 9990 §3.5.2 and RFC 8460 §5.3.
 *
 * @param policyDomain about whom
 * @param submitter who reports
 * @param reportId printable ASCII without space and angle brackets; empty for none
 */
public record SubjectParts(DnsName policyDomain, DnsName submitter, String reportId) {
    private static final int MOST = 1000;

    public SubjectParts {
        Objects.requireNonNull(policyDomain);
        Objects.requireNonNull(submitter);
        Objects.requireNonNull(reportId);
    }

    /**
     * Reads a subject, with its words in any case, and whatever brackets the id has.
     *
     * @param text unfolded, and encoded-words decoded
     * @param mostId chars of the id
     * @param section of the standard, for errors
     * @throws SyntaxException when it is none of a report; the offset is in chars
     */
    public static SubjectParts parse(String text, int mostId, String section) throws SyntaxException {
        if (text.length() > MOST) {
            throw new SyntaxException(MOST, "a subject of at most " + MOST + " chars", section);
        }
        Words words = new Words(text, section);
        words.expect("Report");
        words.expect("Domain:");
        DnsName domain = DnsName.parse(words.next("a domain"));
        words.expect("Submitter:");
        DnsName submitter = DnsName.parse(words.next("a domain"));
        if (words.ended()) {
            return new SubjectParts(domain, submitter, "");
        }
        words.expect("Report-ID:");
        String id = words.next("a report id");
        String plain = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
        if (plain.isEmpty() || !isId(plain, mostId) || !words.ended()) {
            throw new SyntaxException(text.length() - id.length(), "one report id", section);
        }
        return new SubjectParts(domain, submitter, plain);
    }

    /** Whether a text, which may be empty, is the id of a report. */
    public static boolean isId(String text, int mostId) {
        return text.length() <= mostId && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
    }

    /** The subject, unfolded, with domains in ASCII. */
    public String print() {
        return "Report Domain: " + policyDomain.ascii() + " Submitter: " + submitter.ascii()
                + (reportId.isEmpty() ? "" : " Report-ID: <" + reportId + ">");
    }

    /** Words with blanks between; a word that ends in a colon may have the next one right behind. */
    private static final class Words {
        private final String text;
        private final String section;
        private int at;

        Words(String text, String section) {
            this.text = text;
            this.section = section;
        }

        void expect(String word) throws SyntaxException {
            blanks();
            if (!text.regionMatches(true, at, word, 0, word.length())) {
                throw new SyntaxException(at, word, section);
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
                throw new SyntaxException(at, what, section);
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
