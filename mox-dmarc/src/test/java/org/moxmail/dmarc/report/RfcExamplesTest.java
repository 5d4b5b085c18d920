package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsName;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;

/** Examples of RFC 7489, 8617 and 9990 about mail with reports; the reports themselves are in AggregateSuitesTest. */
final class RfcExamplesTest {
    private static final String REPORT = """
            <feedback><report_metadata><org_name>o</org_name><report_id>2002.02.15.1</report_id>
            <date_range><begin>1013662812</begin><end>1013749130</end></date_range></report_metadata>
            <policy_published><domain>example.com</domain><p>none</p></policy_published>
            <record><row><source_ip>192.0.2.1</source_ip><count>1</count>
            %s</row><identifiers><header_from>example.com</header_from></identifiers><auth_results>
            <spf><domain>example.com</domain><result>fail</result></spf></auth_results></record></feedback>
            """;

    private static final String EVALUATED = """
            <policy_evaluated>
              <disposition>none</disposition>
              <dkim>fail</dkim>
              <spf>fail</spf>
              <reason>
               <type>local_policy</type>
               <comment>arc=pass as[2].d=d2.example as[2].s=s2
                 as[1].d=d1.example as[1].s=s3
                 remote-ip[1]=2001:DB8::1A</comment>
              </reason>
            </policy_evaluated>
            """;

    /** RFC 8617 §7.2.2. */
    @Test
    void aReasonTellsOfArc() throws Exception {
        byte[] xml = REPORT.formatted(EVALUATED).getBytes(StandardCharsets.UTF_8);
        ReportRow row = AggregateReport.parse(new ByteArrayInputStream(xml), ReportLimits.DEFAULT)
                .rows()
                .getFirst();
        assertEquals(Optional.of(Disposition.NONE), row.disposition());
        OverrideReason reason = row.reasons().getFirst();
        assertEquals(OverrideType.LOCAL_POLICY, reason.type());
        assertEquals(
                "arc=pass as[2].d=d2.example as[2].s=s2 as[1].d=d1.example as[1].s=s3 remote-ip[1]=2001:DB8::1A",
                reason.comment().replaceAll("\\s+", " "));
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getMimeEncoder().encodeToString(out.toByteArray());
    }

    /** RFC 7489 §B.5. */
    @Test
    void aReportByMail() throws Exception {
        MessageContent mail = MessageContent.of(
                """
                DKIM-Signature: v=1; ...; d=mail.receiver.example; ...
                From: dmarc-reporting@mail.receiver.example
                Date: Fri, Feb 15 2002 16:54:30 -0800
                To: dmarc-feedback@example.com
                Subject: Report Domain: example.com
                    Submitter: mail.receiver.example
                    Report-ID: <2002.02.15.1>
                MIME-Version: 1.0
                Content-Type: multipart/alternative;
                    boundary="----=_NextPart_000_024E_01CC9B0A.AFE54C00"
                Content-Language: en-us

                This is a multipart message in MIME format.

                ------=_NextPart_000_024E_01CC9B0A.AFE54C00
                Content-Type: text/plain; charset="us-ascii"
                Content-Transfer-Encoding: 7bit

                This is an aggregate report from mail.receiver.example.

                ------=_NextPart_000_024E_01CC9B0A.AFE54C00
                Content-Type: application/gzip
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment;
                    filename="mail.receiver.example!example.com!1013662812!1013749130.gz"

                %s

                ------=_NextPart_000_024E_01CC9B0A.AFE54C00--
                """.formatted(gzip(REPORT.formatted(EVALUATED))).getBytes(StandardCharsets.UTF_8));
        ReportMail reader = new ReportMail(ReportLimits.DEFAULT);
        assertEquals("2002.02.15.1", reader.parse(mail).metadata().reportId());
        ReportFilename name = reader.filename(mail, MessageParser.parse(mail)).orElseThrow();
        assertEquals("mail.receiver.example", name.receiver().ascii());
        assertEquals(1013749130L, name.end().getEpochSecond());
        subject(
                HeaderFields.read(mail, MessageParser.parse(mail))
                        .first("Subject")
                        .orElse(""),
                "2002.02.15.1");
    }

    /** RFC 9990 §3.5.2. */
    @Test
    void theSubjectOfAMailWithAReport() throws Exception {
        byte[] header = """
                Subject: Report Domain: example.com
                    Submitter: mail.receiver.example
                    Report-ID: <sample-ridtxt@example.com>
                """.getBytes(StandardCharsets.UTF_8);
        subject(HeaderFields.parse(header).first("Subject").orElse(""), "sample-ridtxt@example.com");
    }

    private static void subject(String text, String id) throws Exception {
        assertEquals(
                new ReportSubject(DnsName.parse("example.com"), DnsName.parse("mail.receiver.example"), id),
                ReportSubject.parse(text));
    }
}
