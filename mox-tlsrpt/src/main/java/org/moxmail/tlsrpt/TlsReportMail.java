package org.moxmail.tlsrpt;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.Composer;
import org.moxmail.message.DecodedStream;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.Parameter;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;
import org.moxmail.message.report.BoundedInput;

/**
 * Reports in mail, RFC 8460 §5.3. Found is the first part, however deep in multiparts, that has the media type of a report; in a
 * {@code multipart/report} for TLS reports also one that has no better type than JSON, gzip or octets. Reports of other types
 * and attached messages are not looked into: a TLS report that bounced is no report to us. Whether it is gzip is told by its
 * first octets. Safe for use by any number of threads.
 */
public final class TlsReportMail {
    private static final String SECTION = "RFC 8460 §5.3";
    private static final String REPORT_TYPE = "tlsrpt";

    private final TlsReportLimits limits;

    /** Reads within these limits. */
    public TlsReportMail(TlsReportLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the report of a message.
     *
     * @throws SyntaxException when there is none, or it can't be read, or is beyond the limits
     * @throws IOException when the message can't be read
     */
    public TlsReport parse(MessageContent message) throws IOException, SyntaxException {
        return parse(message, MessageParser.parse(message));
    }

    /**
     * Reads the report of a message.
     *
     * @param part the message, as {@link MessageParser} has parsed it
     * @throws SyntaxException when there is none, or it can't be read, or is beyond the limits
     * @throws IOException when the message can't be read
     */
    public TlsReport parse(MessageContent message, Part part) throws IOException, SyntaxException {
        Part found = find(part, false);
        if (found == null) {
            throw new SyntaxException(0, "a part with a TLS report", SECTION);
        }
        Optional<DecodedStream> decoded = PartBody.decoded(message, found);
        try (InputStream body = decoded.isPresent() ? decoded.get() : PartBody.raw(message, found)) {
            return parse(body);
        }
    }

    /** The name of the file that a message's report is in; empty when it has none, or isn't named as reports are. */
    public Optional<TlsReportFilename> filename(Part part) {
        Part found = find(part, false);
        if (found == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TlsReportFilename.parse(found.filename().orElse("")));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }

    /**
     * Reads a report that was posted (RFC 8460 §5.4), or from a file: JSON or gzip, as its first octets say.
     *
     * @param file read as far as needed, not closed
     * @throws SyntaxException when it is none, or beyond the limits
     * @throws IOException when the stream can't be read
     */
    public TlsReport parse(InputStream file) throws IOException, SyntaxException {
        InputStream body = new BufferedInputStream(new BoundedInput(file, limits.compressedBytes(), "attachment"));
        try {
            body.mark(2);
            boolean gzip = body.read() == 0x1f && body.read() == 0x8b;
            body.reset();
            return TlsReport.parse(gzip ? new GZIPInputStream(body) : body, limits);
        } catch (ZipException | EOFException e) {
            throw new SyntaxException(0, "compressed data that is whole", SECTION);
        } catch (BoundedInput.Exceeded e) {
            throw new SyntaxException(0, String.valueOf(e.getMessage()), SECTION);
        }
    }

    private static @Nullable Part find(Part part, boolean inReport) {
        if (!part.isMultipart()) {
            return isReport(part, inReport) ? part : null;
        }
        boolean within = inReport;
        if (part.subtype().equals("report")) {
            within = REPORT_TYPE.equalsIgnoreCase(part.parameter("report-type").orElse(""));
            if (!within) {
                return null;
            }
        }
        for (Part child : part.parts()) {
            Part found = find(child, within);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isReport(Part part, boolean inReport) {
        if (!part.type().equals("application")) {
            return false;
        }
        return switch (part.subtype()) {
            case "tlsrpt+json", "tlsrpt+gzip" -> true;
            case "json", "gzip", "x-gzip", "octet-stream" -> inReport;
            default -> false;
        };
    }

    /**
     * Writes a mail with a report: its header and its body. The mail wants a DKIM signature of the submitter, over
     * TLS-Report-Domain and TLS-Report-Submitter too and without {@code l=} (RFC 8460 §3 and §5.3), and is to be delivered
     * whatever TLS says, for which it has {@code TLS-Required: No} (RFC 8689).
     *
     * @param composer in which nothing is written yet
     * @param policyDomain whom the report is for
     * @param report with an address for contact: its domain is the submitter
     * @param uniqueId for the file's name: ASCII letters and digits; empty for none
     * @throws IllegalArgumentException when the report has no address for contact, or no time of 1970 or later
     */
    public static void compose(
            Composer composer,
            NamedAddress from,
            List<NamedAddress> to,
            DnsName policyDomain,
            TlsReport report,
            String uniqueId)
            throws IOException {
        DnsName submitter = report.contact()
                .map(Address::domain)
                .orElseThrow(() -> new IllegalArgumentException("no address for contact: " + report.contactInfo()));
        TlsReportFilename filename = new TlsReportFilename(
                submitter,
                policyDomain,
                report.dateRange().begin(),
                report.dateRange().end(),
                uniqueId,
                TlsReportFilename.JSON_GZ);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        report.writeGzip(gzip);
        composer.from(from).addresses("To", to).date();
        composer.messageId(from.address().domain());
        composer.subject(
                TlsReportSubject.of(policyDomain, submitter, report.reportId()).print());
        composer.structured("TLS-Report-Domain", policyDomain.ascii())
                .structured("TLS-Report-Submitter", submitter.ascii())
                .structured("TLS-Required", "No");
        composer.body().multipart("report", List.of(new Parameter("report-type", REPORT_TYPE)), parts -> {
            parts.text("plain", words(policyDomain, submitter, report));
            parts.attachment(TlsReport.MEDIA_TYPE_GZIP, filename.print(), new ByteArrayInputStream(gzip.toByteArray()));
        });
    }

    private static String words(DnsName policyDomain, DnsName submitter, TlsReport report) {
        long successful = report.policies().stream()
                .mapToLong(PolicyResult::successfulSessions)
                .reduce(0, (a, b) -> ReportText.bounded(a + b));
        long failed = report.policies().stream()
                .mapToLong(PolicyResult::failedSessions)
                .reduce(0, (a, b) -> ReportText.bounded(a + b));
        return "This is an aggregate TLS report from " + submitter.ascii() + " about " + policyDomain.ascii() + ".\n\n"
                + "Period: " + report.dateRange().begin() + " to "
                + report.dateRange().end() + "\n"
                + "Sessions under all policies: " + successful + " successful, " + failed + " failed\n\n"
                + "The details are attached, in the format of RFC 8460.\n";
    }
}
