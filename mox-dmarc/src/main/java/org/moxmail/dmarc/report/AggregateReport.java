package org.moxmail.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * A whole aggregate report, RFC 9990 §3.1.
 *
 * @param format by which standard it is: RFC 9990 if it has that namespace
 * @param rows in their order
 * @param faults what was not as it should be; the first few of many
 */
public record AggregateReport(
        ReportFormat format,
        ReportMetadata metadata,
        PublishedPolicy policy,
        List<ReportRow> rows,
        List<String> faults) {
    public AggregateReport {
        Objects.requireNonNull(format);
        Objects.requireNonNull(metadata);
        Objects.requireNonNull(policy);
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** A report to write. */
    public AggregateReport(ReportFormat format, ReportMetadata metadata, PublishedPolicy policy, List<ReportRow> rows) {
        this(format, metadata, policy, rows, List.of());
    }

    /**
     * Reads a report into memory.
     *
     * @param xml read to the end of the document, not closed
     * @throws SyntaxException when it is no report or beyond the limits; the offset is in chars
     * @throws IOException when the stream can't be read
     */
    public static AggregateReport parse(InputStream xml, ReportLimits limits) throws IOException, SyntaxException {
        Collector collector = new Collector();
        ReportFormat format = read(xml, limits, collector);
        return collector.report(format);
    }

    /**
     * Reads a report as it streams, in memory that doesn't grow with the number of rows.
     *
     * @param xml read to the end of the document, not closed
     * @return by which standard it is
     * @throws SyntaxException when it is no report or beyond the limits, of which the visitor may have got a part; the offset is in
     *     chars
     * @throws IOException when the stream can't be read
     */
    public static ReportFormat read(InputStream xml, ReportLimits limits, AggregateReportVisitor visitor)
            throws IOException, SyntaxException {
        return new AggregateReportParser(limits, visitor).read(xml);
    }

    /**
     * Writes this report as XML in UTF-8, by its format's schema: {@link AggregateReportWriter} says what that may change.
     *
     * @param out not closed
     */
    public void write(OutputStream out) throws IOException {
        AggregateReportWriter writer = new AggregateReportWriter(out, format, metadata, policy);
        for (ReportRow row : rows) {
            writer.row(row);
        }
        writer.finish();
    }

    /** Keeps everything. */
    static final class Collector implements AggregateReportVisitor {
        private @Nullable ReportMetadata metadata;
        private @Nullable PublishedPolicy policy;
        private final List<ReportRow> rows = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();

        @Override
        public void metadata(ReportMetadata value) {
            metadata = value;
        }

        @Override
        public void policy(PublishedPolicy value) {
            policy = value;
        }

        @Override
        public void row(ReportRow row) {
            rows.add(row);
        }

        @Override
        public void fault(String reason) {
            faults.add(reason);
        }

        AggregateReport report(ReportFormat format) {
            return new AggregateReport(
                    format, Objects.requireNonNull(metadata), Objects.requireNonNull(policy), rows, faults);
        }
    }
}
