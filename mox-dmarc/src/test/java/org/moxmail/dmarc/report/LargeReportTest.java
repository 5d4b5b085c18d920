package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a report of 10 MB leaves in memory. */
class LargeReportTest {
    private static final int SIZE = 10_000_000;
    private static final int LEAST_KEPT_OTHERWISE = 4_000_000;

    private static final String HEAD =
            "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\"><report_metadata><org_name>Example</org_name>"
                    + "<email>dmarc@example.net</email><report_id>1</report_id><date_range><begin>1780272000</begin>"
                    + "<end>1780358399</end></date_range></report_metadata><policy_published><domain>example.org</domain>"
                    + "<p>reject</p></policy_published>\n";

    /** A report that is made while it is read, each row with texts of its own. */
    private static final class Report extends InputStream {
        private InputStream piece = octets(HEAD);
        private long made = HEAD.length();
        private int rows;
        private boolean ended;

        private static InputStream octets(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }

        private InputStream next() {
            if (made >= SIZE) {
                ended = true;
                return octets("</feedback>\n");
            }
            rows++;
            String row = "<record><row><source_ip>2001:db8::" + Integer.toHexString(rows & 0xffff)
                    + "</source_ip><count>3</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim>"
                    + "<spf>fail</spf></policy_evaluated></row><identifiers><header_from>d" + rows
                    + ".example.org</header_from></identifiers><auth_results><dkim><domain>d" + rows
                    + ".example.org</domain><selector>s" + rows + "</selector><result>pass</result></dkim>"
                    + "</auth_results></record>\n";
            made += row.length();
            return octets(row);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("in pieces only");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = piece.read(into, offset, length);
            while (count < 0 && !ended) {
                piece = next();
                count = piece.read(into, offset, length);
            }
            return count;
        }
    }

    /** Counts rows, and looks at the heap after some and when most are read. */
    private static final class Watch implements AggregateReportVisitor {
        private int rows;
        private long early;
        private long late;

        @Override
        public void metadata(ReportMetadata metadata) {}

        @Override
        public void policy(PublishedPolicy policy) {}

        @Override
        public void row(ReportRow row) {
            rows++;
            if (rows == 1000) {
                early = used();
            } else if (rows == 20_000) {
                late = used();
            }
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void nothingIsKeptOfRowsThatWereTold() throws Exception {
        Report report = new Report();
        Watch watch = new Watch();
        assertEquals(ReportFormat.RFC9990, AggregateReport.read(report, ReportLimits.DEFAULT, watch));
        assertEquals(report.rows, watch.rows);
        assertTrue(watch.rows > 25_000, () -> watch.rows + " rows");
        assertTrue(
                watch.late - watch.early < LEAST_KEPT_OTHERWISE,
                () -> watch.late - watch.early + " octets more after 19,000 rows");
    }
}
