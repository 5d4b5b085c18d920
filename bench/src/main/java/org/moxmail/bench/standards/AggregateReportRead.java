package org.moxmail.bench.standards;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.moxmail.dmarc.report.AggregateReport;
import org.moxmail.dmarc.report.AggregateReportVisitor;
import org.moxmail.dmarc.report.PublishedPolicy;
import org.moxmail.dmarc.report.ReportLimits;
import org.moxmail.dmarc.report.ReportMetadata;
import org.moxmail.dmarc.report.ReportRow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An aggregate report of 10 MB, read row by row in a Java machine whose heap would not hold it: 16 MB, of which JMH has some. The
 * report is made while it is read.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx16m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
public class AggregateReportRead {
    private static final int SIZE = 10_000_000;

    private static final byte[] HEAD = octets("""
            <?xml version="1.0" encoding="UTF-8"?>
            <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
            <version>1.0</version>
            <report_metadata><org_name>Example</org_name><email>dmarc@example.net</email><report_id>1</report_id>
            <date_range><begin>1780272000</begin><end>1780358399</end></date_range></report_metadata>
            <policy_published><domain>example.org</domain><p>reject</p><sp>reject</sp><adkim>r</adkim><aspf>r</aspf>
            <discovery_method>treewalk</discovery_method></policy_published>
            """);

    private static final byte[] ROW = octets("""
            <record>
              <row><source_ip>192.0.2.17</source_ip><count>3</count>
                <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>
                <reason><type>mailing_list</type><comment>list of example.net</comment></reason></policy_evaluated></row>
              <identifiers><header_from>example.org</header_from><envelope_from>example.org</envelope_from></identifiers>
              <auth_results><dkim><domain>example.org</domain><selector>s1</selector><result>pass</result></dkim>
                <spf><domain>lists.example.net</domain><scope>mfrom</scope><result>pass</result></spf></auth_results>
            </record>
            """);

    private static final byte[] TAIL = octets("</feedback>\n");
    private static final int ROWS = (SIZE - HEAD.length - TAIL.length) / ROW.length;

    /** Gives each part on to JMH. */
    private static final class Consumer implements AggregateReportVisitor {
        private final Blackhole hole;
        private int rows;

        Consumer(Blackhole hole) {
            this.hole = hole;
        }

        @Override
        public void metadata(ReportMetadata metadata) {
            hole.consume(metadata);
        }

        @Override
        public void policy(PublishedPolicy policy) {
            hole.consume(policy);
        }

        @Override
        public void row(ReportRow row) {
            rows++;
            hole.consume(row);
        }

        @Override
        public void fault(String reason) {
            throw new IllegalStateException(reason);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Head, rows and tail, one after the other. */
    private static final class Report extends InputStream {
        private byte[] piece = HEAD;
        private int at;
        private int rows;

        @Override
        public int read() {
            return next() ? piece[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!next()) {
                return -1;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }

        /** Whether there is more, in this piece or in the next, which is then this. */
        private boolean next() {
            if (at == piece.length && rows <= ROWS) {
                piece = rows < ROWS ? ROW : TAIL;
                rows++;
                at = 0;
            }
            return at < piece.length;
        }
    }

    /** Sees that every row is read. */
    @Setup
    public void check(Blackhole hole) throws Exception {
        if (mox(hole) != ROWS) {
            throw new IllegalStateException("rows are missing");
        }
    }

    @Benchmark
    public int mox(Blackhole hole) throws Exception {
        var consumer = new Consumer(hole);
        hole.consume(AggregateReport.read(new Report(), ReportLimits.DEFAULT, consumer));
        return consumer.rows;
    }
}
