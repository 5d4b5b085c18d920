package org.moxmail.tlsrpt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

/**
 * A report, RFC 8460 §4. Texts are as they came, empty where there are none.
 *
 * @param organizationName who reports
 * @param contactInfo an address; see {@link #contact}
 * @param reportId unique for whoever reports
 */
public record TlsReport(
        String organizationName,
        DateRange dateRange,
        String contactInfo,
        String reportId,
        List<PolicyResult> policies) {
    /** The media type of JSON as it is. */
    public static final String MEDIA_TYPE = "application/tlsrpt+json";

    /** The media type of JSON with gzip. */
    public static final String MEDIA_TYPE_GZIP = "application/tlsrpt+gzip";

    public TlsReport {
        ReportText.valid(organizationName);
        Objects.requireNonNull(dateRange);
        ReportText.valid(contactInfo);
        ReportText.valid(reportId);
        policies = List.copyOf(policies);
    }

    /**
     * Reads a report, RFC 8460 §4.4, as reporters write them: names of members in any case and those of older drafts, one value
     * where a list should be and the other way round, numbers that are texts and texts that are numbers, times without an offset,
     * members that are missing or unknown, octets that are no UTF-8, anything behind its end. A count that can't be read is 0.
     *
     * @param json read as far as needed, not closed
     * @throws SyntaxException when it is no JSON, or no report, or is beyond the limits; the offset is in chars
     * @throws IOException when the stream can't be read
     */
    public static TlsReport parse(InputStream json, TlsReportLimits limits) throws IOException, SyntaxException {
        return new TlsReportParser(limits).parse(json);
    }

    /**
     * Reads a report.
     *
     * @throws SyntaxException when it is no JSON, or no report, or is beyond the limits; the offset is in chars
     */
    public static TlsReport parse(String json, TlsReportLimits limits) throws SyntaxException {
        try {
            return new TlsReportParser(limits).parse(new StringReader(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The contact's address; empty when there is none, or it is no address. */
    public Optional<Address> contact() {
        try {
            return Optional.of(Address.parse(contactInfo));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }

    /**
     * Writes it as JSON in UTF-8, with members in the order of RFC 8460 §4.4; optional ones that are empty are left out. The
     * stream isn't closed.
     */
    public void write(OutputStream out) throws IOException {
        TlsReportWriter.write(this, out);
    }

    /** Writes it as JSON with gzip, as {@link #MEDIA_TYPE_GZIP} has it. The stream isn't closed. */
    public void writeGzip(OutputStream out) throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(out);
        write(gzip);
        gzip.finish();
    }

    /** The JSON. {@link #parse(String, TlsReportLimits)} reads it as an equal value, if it is within the limits. */
    public String print() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
