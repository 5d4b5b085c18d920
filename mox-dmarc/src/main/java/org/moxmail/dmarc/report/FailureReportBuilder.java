package org.moxmail.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.message.BodyComposer;
import org.moxmail.message.HeaderField;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageDate;
import org.moxmail.message.Parameter;

/**
 * Collects what a failure report says, RFC 9991 §4 and RFC 6591 §3, and writes it. Redaction (RFC 6590), rates and loops are the
 * sender's to think of, RFC 9991 §7 and §8. Not for use by several threads.
 */
public final class FailureReportBuilder {
    /** Chars of a line, RFC 5322 §2.1.1. */
    private static final int LINE = 78;

    /** Chars of a word at most: a line has 998, RFC 5322 §2.1.1. Base64 may be cut anywhere. */
    private static final int WORD = 900;

    private final List<HeaderField> fields = new ArrayList<>();

    FailureReportBuilder(AuthFailure failure) {
        field("Feedback-Type", FailureReport.AUTH_FAILURE);
        field("Version", "1");
        field("Auth-Failure", failure.keyword());
    }

    /**
     * Adds a field.
     *
     * @param value printable, in one line; words of up to 900 chars, except in the fields that have base64
     * @throws IllegalArgumentException when it isn't, or the name is none
     */
    public FailureReportBuilder field(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("name of a field: " + name);
        }
        if (value.codePoints().anyMatch(c -> c < ' ' || c == 0x7f || c >= 0xd800 && c <= 0xdfff)) {
            throw new IllegalArgumentException("value of " + name);
        }
        if (!name.startsWith("DKIM-Canonicalized-")
                && Arrays.stream(value.split(" ", -1)).anyMatch(word -> word.length() > WORD)) {
            throw new IllegalArgumentException("a word too long to be in a line of " + name);
        }
        fields.add(new HeaderField(name, " " + value));
        return this;
    }

    /** The name and version of the program; required, RFC 5965 §3.1. */
    public FailureReportBuilder userAgent(String value) {
        return field("User-Agent", value);
    }

    /** The mechanisms that gave no aligned identifier, maybe none; required, RFC 9991 §4. */
    public FailureReportBuilder identityAlignment(Set<FailureReport.Mechanism> failed) {
        return field(
                "Identity-Alignment",
                failed.isEmpty()
                        ? "none"
                        : failed.stream()
                                .sorted()
                                .map(FailureReport.Mechanism::keyword)
                                .collect(Collectors.joining(", ")));
    }

    /** The value of the Authentication-Results field, in one line; required, RFC 6591 §3.1. */
    public FailureReportBuilder authenticationResults(String value) {
        return field("Authentication-Results", value);
    }

    /** The domain whose policy asks for the report; required, RFC 6591 §3.1. */
    public FailureReportBuilder reportedDomain(DnsName domain) {
        return field("Reported-Domain", domain.ascii());
    }

    /** The client's address; required, RFC 6591 §3.1. */
    public FailureReportBuilder sourceIp(InetAddress address) {
        return field("Source-IP", Addresses.print(address));
    }

    /** When the message came. */
    public FailureReportBuilder arrivalDate(OffsetDateTime date) {
        return field("Arrival-Date", MessageDate.print(date));
    }

    /** What became of the message. */
    public FailureReportBuilder deliveryResult(DeliveryResult result) {
        return field("Delivery-Result", result.keyword());
    }

    /** The signature that failed; required where it was aligned, RFC 9991 §4. */
    public FailureReportBuilder dkim(DnsName domain, String identity, String selector) {
        return field("DKIM-Domain", domain.ascii())
                .field("DKIM-Identity", identity)
                .field("DKIM-Selector", selector);
    }

    /** The body as the verifier has canonicalized it, for a body hash that is wrong. */
    public FailureReportBuilder dkimCanonicalizedBody(byte[] octets) {
        return field("DKIM-Canonicalized-Body", Base64.getEncoder().encodeToString(octets));
    }

    /** A record that SPF used; required where SPF failed for an aligned domain, RFC 9991 §4. */
    public FailureReportBuilder spfDns(DnsName domain, String record) {
        return field(
                "SPF-DNS",
                "txt : " + domain.ascii() + " : \""
                        + record.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    /** The report as a value, without the message that it is about. */
    public FailureReport build() {
        return new FailureReport(HeaderFields.of(fields), HeaderFields.of(List.of()), Optional.empty());
    }

    /**
     * Writes the report as the body of a mail: a text for people, the fields, and the message that it is about.
     *
     * @param words for people
     * @param original octets of the message, or of its header, with CRLF; read to the end, not closed
     * @param headerOnly whether it's the header
     * @throws IllegalStateException when a field that is required is missing
     */
    public void write(BodyComposer body, String words, InputStream original, boolean headerOnly) throws IOException {
        for (String name :
                List.of("User-Agent", "Identity-Alignment", "Authentication-Results", "Reported-Domain", "Source-IP")) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                throw new IllegalStateException("a failure report without " + name);
            }
        }
        StringBuilder text = new StringBuilder();
        for (HeaderField field : fields) {
            text.append(folded(field));
        }
        byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
        boolean eightBit = octets.length > text.length();
        body.multipart("report", List.of(new Parameter("report-type", "feedback-report")), parts -> {
            parts.text("plain", words);
            parts.identity("message/feedback-report", List.of(), eightBit, new ByteArrayInputStream(octets));
            parts.identity(headerOnly ? "text/rfc822-headers" : "message/rfc822", List.of(), true, original);
        });
    }

    /** A field in lines that are short where blanks let them be, RFC 5322 §2.2.3; base64 is cut anywhere. */
    private static String folded(HeaderField field) {
        StringBuilder text = new StringBuilder(field.name()).append(':');
        int column = text.length();
        for (String word : field.raw().strip().split(" ", -1)) {
            for (int at = 0; at < Math.max(1, word.length()); at += WORD) {
                String piece = word.substring(at, Math.min(word.length(), at + WORD));
                boolean fold = at > 0
                        || column + 1 + piece.length() > LINE
                                && column > field.name().length() + 1;
                text.append(fold ? "\r\n " : " ").append(piece);
                column = (fold ? 1 : column + 1) + piece.length();
            }
        }
        return text.append("\r\n").toString();
    }
}
