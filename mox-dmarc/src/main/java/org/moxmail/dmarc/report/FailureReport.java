package org.moxmail.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderField;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageDate;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;

/**
 * A failure report about one message (RFC 9991, RFC 6591), or another report in the format of RFC 5965: the fields of its
 * {@code message/feedback-report} part, and what is known of the message that it's about. Fields are kept as they came; the
 * accessors understand them as far as they can be understood, since reports come from anybody. Immutable.
 */
public final class FailureReport {
    /** The feedback type of reports about authentication, RFC 6591 §3.1. */
    public static final String AUTH_FAILURE = "auth-failure";

    /** Octets of a part that are read; RFC 6591 bounds none. */
    private static final int MOST = 256 << 10;

    /** A mechanism, RFC 9991 §4. */
    public enum Mechanism {
        /** DKIM. */
        DKIM("dkim"),
        /** SPF. */
        SPF("spf");

        private final String keyword;

        Mechanism(String keyword) {
            this.keyword = keyword;
        }

        /** The word in reports. */
        public String keyword() {
            return keyword;
        }
    }

    private final HeaderFields fields;
    private final HeaderFields originalHeader;
    private final Optional<Part> original;

    FailureReport(HeaderFields fields, HeaderFields originalHeader, Optional<Part> original) {
        this.fields = fields;
        this.originalHeader = originalHeader;
        this.original = original;
    }

    /**
     * Reads the report of a message.
     *
     * @throws SyntaxException when there is none
     * @throws IOException when the message can't be read
     */
    public static FailureReport parse(MessageContent message) throws IOException, SyntaxException {
        return read(message, MessageParser.parse(message));
    }

    /** As {@link #parse}, of a message that was parsed before. */
    public static FailureReport read(MessageContent message, Part part) throws IOException, SyntaxException {
        return new FailureReportReader(message).read(part);
    }

    /** Starts a report to be sent. */
    public static FailureReportBuilder builder(AuthFailure failure) {
        return new FailureReportBuilder(failure);
    }

    /** All fields of the report. */
    public HeaderFields fields() {
        return fields;
    }

    /** The header of the message that the report is about, as far as it was sent; without fields if it wasn't. */
    public HeaderFields originalHeader() {
        return originalHeader;
    }

    /** The part of the mail that has the whole message that the report is about; empty if it has the header or nothing. */
    public Optional<Part> original() {
        return original;
    }

    /** Feedback-Type, in lower case: {@value #AUTH_FAILURE} for reports of this standard. */
    public String feedbackType() {
        return word("Feedback-Type").toLowerCase(Locale.ROOT);
    }

    /** User-Agent: name and version of the program. */
    public String userAgent() {
        return text("User-Agent");
    }

    /** Auth-Failure: what failed. */
    public Optional<AuthFailure> authFailure() {
        return AuthFailure.ofKeyword(word("Auth-Failure"));
    }

    /** Delivery-Result: what became of the message. */
    public Optional<DeliveryResult> deliveryResult() {
        return DeliveryResult.ofKeyword(word("Delivery-Result"));
    }

    /**
     * Identity-Alignment: the mechanisms that gave no aligned identifier, RFC 9991 §4. None for {@code none}; empty for a report
     * that doesn't say.
     */
    public Optional<Set<Mechanism>> identityAlignment() {
        Optional<String> value = fields.first("Identity-Alignment").map(FailureReport::withoutComments);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Set<Mechanism> failed = EnumSet.noneOf(Mechanism.class);
        for (String word : value.get().split(",", -1)) {
            for (Mechanism mechanism : Mechanism.values()) {
                if (mechanism.keyword.equalsIgnoreCase(word.strip())) {
                    failed.add(mechanism);
                }
            }
        }
        return Optional.of(failed);
    }

    /** Authentication-Results, unfolded, each. */
    public List<String> authenticationResults() {
        return fields.all("Authentication-Results");
    }

    /** Arrival-Date, or Received-Date of old reports: when the message came. */
    public Optional<OffsetDateTime> arrivalDate() {
        return read("Arrival-Date", FailureReport::date).or(() -> read("Received-Date", FailureReport::date));
    }

    /** Source-IP: the client's address. */
    public Optional<InetAddress> sourceIp() {
        return read("Source-IP", text -> {
            try {
                return Optional.of(Addresses.parse(text));
            } catch (SyntaxException e) {
                return Optional.empty(); // something else
            }
        });
    }

    /** Source-Port: the client's port, RFC 6692. */
    public OptionalInt sourcePort() {
        long port = number("Source-Port", -1);
        return port >= 0 && port <= 0xffff ? OptionalInt.of((int) port) : OptionalInt.empty();
    }

    /** Incidents: how many messages the report stands for, at least 1. */
    public long incidents() {
        return Math.max(1, number("Incidents", 1));
    }

    /** Original-Mail-From, without angle brackets; empty also for a null reverse-path. */
    public String originalMailFrom() {
        return path(text("Original-Mail-From"));
    }

    /** Original-Rcpt-To, without angle brackets, each. */
    public List<String> originalRcptTo() {
        return fields.all("Original-Rcpt-To").stream()
                .map(FailureReport::withoutComments)
                .map(FailureReport::path)
                .toList();
    }

    /** Original-Envelope-Id. */
    public String originalEnvelopeId() {
        return text("Original-Envelope-Id");
    }

    /** Reporting-MTA. */
    public String reportingMta() {
        return text("Reporting-MTA");
    }

    /** Reported-Domain, each. */
    public List<String> reportedDomains() {
        return texts("Reported-Domain");
    }

    /** Reported-URI, each. */
    public List<String> reportedUris() {
        return texts("Reported-URI");
    }

    /** DKIM-Domain: the {@code d=} of the signature that failed. */
    public String dkimDomain() {
        return text("DKIM-Domain");
    }

    /** DKIM-Identity: its {@code i=}. */
    public String dkimIdentity() {
        return text("DKIM-Identity");
    }

    /** DKIM-Selector: its {@code s=}. */
    public String dkimSelector() {
        return text("DKIM-Selector");
    }

    /** DKIM-Canonicalized-Header, decoded. */
    public Optional<Bytes> dkimCanonicalizedHeader() {
        return base64("DKIM-Canonicalized-Header");
    }

    /** DKIM-Canonicalized-Body, decoded; it may be the beginning only. */
    public Optional<Bytes> dkimCanonicalizedBody() {
        return base64("DKIM-Canonicalized-Body");
    }

    /** SPF-DNS: the records that SPF used, each. */
    public List<String> spfDns() {
        return fields.all("SPF-DNS");
    }

    private static Optional<OffsetDateTime> date(String text) {
        try {
            return Optional.of(MessageDate.parse(text));
        } catch (SyntaxException e) {
            return Optional.empty(); // something else
        }
    }

    private <T> Optional<T> read(String name, Function<String, Optional<T>> reader) {
        return fields.first(name).map(FailureReport::withoutComments).flatMap(reader);
    }

    private long number(String name, long otherwise) {
        String text = text(name);
        return !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(text)
                : otherwise;
    }

    private String text(String name) {
        return fields.first(name).map(FailureReport::withoutComments).orElse("");
    }

    private List<String> texts(String name) {
        return fields.all(name).stream().map(FailureReport::withoutComments).toList();
    }

    private String word(String name) {
        String text = text(name);
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }

    private static String path(String text) {
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }

    private Optional<Bytes> base64(String name) {
        return fields.first(name).flatMap(text -> {
            try {
                return Optional.of(Bytes.copyOf(Base64.getMimeDecoder().decode(text)));
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // cut off, or nothing of the kind
            }
        });
    }

    /** A value without its comments, RFC 5322 §3.2.2. */
    private static String withoutComments(String value) {
        if (value.indexOf('(') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                if (depth == 0) {
                    text.append(c).append(value.charAt(i + 1));
                }
                i++;
            } else if (depth == 0 && c == '"') {
                quoted = !quoted;
                text.append(c);
            } else if (!quoted && c == '(') {
                depth++;
            } else if (depth > 0 && c == ')') {
                depth--;
            } else if (depth == 0) {
                text.append(c);
            }
        }
        return text.toString().strip();
    }

    /** Finds a report in a mail. */
    private static final class FailureReportReader {
        private static final String SECTION = "RFC 5965 §2";

        /** What Exim's reports in words have before the original header. */
        private static final String COPY = "------ This is a copy of the headers";

        private final MessageContent message;

        FailureReportReader(MessageContent message) {
            this.message = message;
        }

        FailureReport read(Part root) throws IOException, SyntaxException {
            List<Part> leaves = new ArrayList<>();
            leaves(root, leaves);
            for (int i = 0; i < leaves.size(); i++) {
                if (is(leaves.get(i), "message", "feedback-report")) {
                    return report(leaves.get(i), leaves.subList(i + 1, leaves.size()));
                }
            }
            for (Part leaf : leaves) {
                if (is(leaf, "text", "plain")) {
                    Optional<FailureReport> report = inWords(text(leaf));
                    if (report.isPresent()) {
                        return report.get();
                    }
                }
            }
            throw new SyntaxException(0, "a message/feedback-report part", SECTION);
        }

        private static void leaves(Part part, List<Part> into) {
            if (part.parts().isEmpty()) {
                into.add(part);
            }
            for (Part child : part.parts()) {
                leaves(child, into);
            }
        }

        private static boolean is(Part part, String type, String subtype) {
            return part.type().equals(type) && part.subtype().equals(subtype);
        }

        private FailureReport report(Part feedback, List<Part> rest) throws IOException, SyntaxException {
            HeaderFields fields = HeaderFields.parse(octets(feedback));
            if (fields.first("Feedback-Type").isEmpty()) {
                throw new SyntaxException(0, "Feedback-Type", "RFC 5965 §3.1");
            }
            for (Part part : rest) {
                Part inner = part.message();
                if (inner != null) {
                    return new FailureReport(fields, HeaderFields.read(message, inner), Optional.of(part));
                }
                if (part.subtype().equals("rfc822-headers") || part.type().equals("message")) {
                    return new FailureReport(fields, HeaderFields.parse(octets(part)), Optional.empty());
                }
            }
            return new FailureReport(fields, HeaderFields.of(List.of()), Optional.empty());
        }

        /** What Exim sends, without any part for programs (seen in 2025). */
        private static Optional<FailureReport> inWords(String text) {
            List<HeaderField> fields = new ArrayList<>();
            String header = "";
            int at = 0;
            while (at < text.length()) {
                int end = text.indexOf('\n', at);
                String line = text.substring(at, end < 0 ? text.length() : end).strip();
                at = end < 0 ? text.length() : end + 1;
                if (line.startsWith(COPY)) {
                    header = text.substring(at).stripLeading();
                    break;
                }
                inWords(line, "Sender Domain:", "Reported-Domain", fields);
                inWords(line, "Sender IP Address:", "Source-IP", fields);
                inWords(line, "Received date:", "Arrival-Date", fields);
            }
            boolean whole = fields.stream().anyMatch(field -> field.name().equals("Source-IP"))
                    && fields.stream().anyMatch(field -> field.name().equals("Reported-Domain"));
            if (!whole) {
                return Optional.empty();
            }
            fields.add(new HeaderField("Feedback-Type", " " + AUTH_FAILURE));
            fields.add(new HeaderField("Auth-Failure", " " + AuthFailure.DMARC.keyword()));
            HeaderFields original = HeaderFields.parse(HeaderText.encode(header));
            return Optional.of(new FailureReport(HeaderFields.of(fields), original, Optional.empty()));
        }

        private static void inWords(String line, String words, String name, List<HeaderField> fields) {
            if (line.startsWith(words)) {
                fields.add(new HeaderField(
                        name, " " + line.substring(words.length()).strip()));
            }
        }

        private String text(Part part) throws IOException {
            byte[] octets = octets(part);
            return HeaderText.decode(octets, 0, octets.length);
        }

        private byte[] octets(Part part) throws IOException {
            try (InputStream body = ReportMail.body(message, part)) {
                return body.readNBytes(MOST);
            }
        }
    }
}
