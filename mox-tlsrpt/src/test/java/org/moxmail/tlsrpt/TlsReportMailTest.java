package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.Part;

class TlsReportMailTest {
    private static final TlsReportMail MAIL = new TlsReportMail(TlsReportLimits.DEFAULT);
    private static final String NAME = "mail.sndr.example.com!example.net!1470013207!1470186007!001.json.gz";

    private static byte[] json() throws IOException {
        return TestData.bytes("parsedmarc/rfc8460.json");
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    private static MessageContent message(String text) {
        return MessageContent.of(
                text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static MessageContent mail(String container, String contentType, byte[] body) {
        return message("""
                From: tlsrpt@mail.sndr.example.com
                MIME-Version: 1.0
                Content-Type: multipart/%s; boundary=outer

                --outer
                Content-Type: text/plain

                This is a report. {"policies":[]} follows.
                --outer
                Content-Type: multipart/mixed; boundary=inner

                --inner
                Content-Type: text/html

                {"policies":[]}
                --inner
                Content-Type: %s
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --inner--
                --outer--
                """.formatted(
                        container, contentType, NAME, Base64.getMimeEncoder().encodeToString(body)));
    }

    private static TlsReport read(String container, String contentType, byte[] body) throws Exception {
        return MAIL.parse(mail(container, contentType, body));
    }

    private static String refusal(String container, String contentType, byte[] body) {
        return assertThrows(SyntaxException.class, () -> read(container, contentType, body))
                .expected();
    }

    private static String refusal(byte[] body) {
        return refusal("report; report-type=tlsrpt", "application/tlsrpt+gzip", body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report; report-type=tlsrpt|application/tlsrpt+gzip",
                "report; report-type=\"TLSRPT\"|application/tlsrpt+json",
                "report; report-type=tlsrpt|application/gzip",
                "report; report-type=tlsrpt|application/json",
                "report; report-type=tlsrpt|application/octet-stream",
                "mixed|application/tlsrpt+gzip",
                "related|Application/TLSRPT+JSON; name=x"
            })
    void reportsInMail(String container, String type) throws Exception {
        for (byte[] body : new byte[][] {json(), gzip(json())}) {
            assertEquals("Company-X", read(container, type, body).organizationName());
        }
        assertEquals(
                Optional.of(TlsReportFilename.parse(NAME)),
                MAIL.filename(MessageParser.parse(mail(container, type, json()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report; report-type=delivery-status|application/tlsrpt+gzip",
                "report|application/tlsrpt+gzip",
                "mixed|application/gzip",
                "mixed|application/json",
                "report; report-type=tlsrpt|text/plain",
                "report; report-type=tlsrpt|message/rfc822",
                "report; report-type=tlsrpt|application/zip"
            })
    void otherPartsAreNotLookedInto(String container, String type) throws Exception {
        assertEquals("a part with a TLS report", refusal(container, type, json()));
        assertEquals(Optional.empty(), MAIL.filename(MessageParser.parse(mail(container, type, json()))));
    }

    @Test
    void aMessageMayBeTheReport() throws Exception {
        MessageContent message = message("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(gzip(json())));
        assertEquals("Company-X", MAIL.parse(message).organizationName());
        assertEquals(Optional.empty(), MAIL.filename(MessageParser.parse(message)));
        assertThrows(SyntaxException.class, () -> MAIL.parse(message("Subject: x\n\n{\"policies\":[]}")));
    }

    /** RFC 8460 §5.3.1, whose file name and report are those of mail-auth. */
    @Test
    void theMailOfTheStandardIsRead() throws Exception {
        MessageContent message = MessageContent.of(TestData.bytes("mail-auth/rpt01.eml"));
        Part part = MessageParser.parse(message);
        assertEquals(
                TlsReport.parse(TestData.open("mail-auth/rpt01.json"), TlsReportLimits.DEFAULT),
                MAIL.parse(message, part));
        assertEquals(
                TlsReportFilename.parse("mail.sender.example!example.com!1013662812!1013749130.json.gz"),
                MAIL.filename(part).orElseThrow());
        assertEquals(
                new TlsReportSubject(
                        DnsName.parse("example.net"),
                        DnsName.parse("mail.sender.example.com"),
                        "735ff.e317+bf22029@example.net"),
                TlsReportSubject.parse(
                        HeaderFields.read(message, part).first("Subject").orElseThrow()));
    }

    @Test
    void theMailOfAReporterIsRead() throws Exception {
        MessageContent message = MessageContent.of(TestData.bytes("parsedmarc/google.com_smtp_tls_report.eml"));
        Part part = MessageParser.parse(message);
        TlsReport report = MAIL.parse(message, part);
        assertEquals("Google Inc.", report.organizationName());
        assertEquals(DateRange.of(LocalDate.of(2024, 9, 3)), report.dateRange());
        PolicyResult result = report.policies().getFirst();
        assertEquals(Optional.of(PolicyType.NO_POLICY_FOUND), result.policy().policyType());
        assertEquals(
                Optional.of(DnsName.parse("cardinalhealth.ca")), result.policy().domain());
        assertTrue(result.successfulSessions() > 0);
        TlsReportFilename name = MAIL.filename(part).orElseThrow();
        assertEquals(report.dateRange(), new DateRange(name.begin(), name.end()));
        assertEquals("001", name.uniqueId());
        assertEquals(
                "2024.09.03T00.00.00Z+cardinalhealth.ca@google.com",
                TlsReportSubject.parse(HeaderFields.read(message, part)
                                .first("Subject")
                                .orElseThrow())
                        .reportId());
    }

    private static NamedAddress mailbox(String address) throws SyntaxException {
        return NamedAddress.of(Address.parse(address));
    }

    private static byte[] compose(TlsReport report, String uniqueId) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Composer composer =
                new Composer(out, ComposeOptions.SEVEN_BIT, InstantSource.fixed(Instant.EPOCH), new Random(1));
        TlsReportMail.compose(
                composer,
                mailbox("postmaster@sender.example"),
                List.of(mailbox("tls@example.net"), mailbox("more@example.net")),
                DnsName.parse("b\u00fccher.example"),
                report,
                uniqueId);
        return out.toByteArray();
    }

    private static TlsReport report(String contact, String id) {
        return new TlsReport(
                "Sender \u00fc",
                DateRange.of(LocalDate.of(2026, 11, 24)),
                contact,
                id,
                List.of(new PolicyResult(new TlsPolicy("sts", List.of(), "b.example", List.of()), 7, 2, List.of())));
    }

    /** RFC 8460 §5.1 to §5.3, RFC 8689 §5. */
    @Test
    void aMailThatIsComposedHasWhatTheStandardAsksFor() throws Exception {
        TlsReport report = report("tls@sender.example", "2026-11-24.b");
        byte[] octets = compose(report, "7");
        MessageContent message = MessageContent.of(octets);
        Part part = MessageParser.parse(message);
        HeaderFields fields = HeaderFields.read(message, part);
        assertEquals(List.of("xn--bcher-kva.example"), fields.all("TLS-Report-Domain"));
        assertEquals(List.of("sender.example"), fields.all("TLS-Report-Submitter"));
        assertEquals(List.of("No"), fields.all("TLS-Required"));
        assertEquals("postmaster@sender.example", fields.from().toString());
        assertEquals(
                "Report Domain: xn--bcher-kva.example Submitter: sender.example Report-ID: <2026-11-24.b@sender.example>",
                fields.first("Subject").orElseThrow().replace("\r\n", ""));
        assertEquals("report", part.subtype());
        assertEquals(Optional.of("tlsrpt"), part.parameter("report-type"));
        assertEquals(2, part.parts().size());
        assertEquals("plain", part.parts().get(0).subtype());
        assertEquals("tlsrpt+gzip", part.parts().get(1).subtype());
        assertEquals(
                Optional.of("sender.example!xn--bcher-kva.example!1795478400!1795564799!7.json.gz"),
                part.parts().get(1).filename());
        assertTrue(new String(octets, StandardCharsets.US_ASCII).contains("7 successful, 2 failed"));
        assertEquals(report, MAIL.parse(message));
        assertEquals("7", MAIL.filename(part).map(TlsReportFilename::uniqueId).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "https://sender.example"})
    void aReportWithoutContactIsNotMailed(String contact) {
        assertThrows(IllegalArgumentException.class, () -> compose(report(contact, "x"), ""));
        assertThrows(IllegalArgumentException.class, () -> compose(report("a@b.example", "x"), "a!b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.b+c@other.example|a.b+c@other.example",
                "2024-01-09T00:00:00Z_x|2024-01-09T00.00.00Z_x@s.example",
                "<a b>|a.b@s.example",
                ".a..b.|a.b@s.example",
                "~~|0@s.example",
                "@|0@s.example",
                "a@..|a@s.example",
                "a@b@c.example|a.b@c.example",
                "a\u00fcb|a.b@s.example"
            })
    void idsOfReportsBecomeIdsOfSubjects(String id, String subject) throws Exception {
        DnsName submitter = DnsName.parse("s.example");
        TlsReportSubject made = TlsReportSubject.of(DnsName.parse("d.example"), submitter, id);
        assertEquals(subject, made.reportId());
        assertEquals(made, TlsReportSubject.parse(made.print()));
        assertEquals(
                300,
                TlsReportSubject.of(submitter, submitter, "a".repeat(5000))
                        .reportId()
                        .length());
    }

    @Test
    void bombsDoNotGoOff() throws Exception {
        byte[] blanks = new byte[21 << 20];
        Arrays.fill(blanks, (byte) ' ');
        assertEquals("more than 20971520 octets of JSON", refusal(gzip(blanks)));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write("{\"policies\":[{}".getBytes(StandardCharsets.US_ASCII));
        many.write(",{}".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
        assertEquals("at most 10000 policies", refusal(gzip(many.toByteArray())));
        // What is behind the end isn't decompressed.
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        behind.write(json());
        behind.write(blanks);
        assertEquals(
                "Company-X",
                read("report; report-type=tlsrpt", "application/tlsrpt+gzip", gzip(behind.toByteArray()))
                        .organizationName());
        // A bomb within a bomb is no JSON.
        assertEquals("JSON that is well-formed", refusal(gzip(gzip(json()))));
    }

    @Test
    void theAttachmentIsBounded() throws Exception {
        TlsReportMail small = new TlsReportMail(TlsReportLimits.DEFAULT.withSizes(300, 1 << 20, 10, 10));
        for (byte[] body : new byte[][] {json(), gzip(json())}) {
            assertEquals(
                    "more than 300 octets of attachment",
                    assertThrows(
                                    SyntaxException.class,
                                    () -> small.parse(mail("mixed", "application/tlsrpt+json", body)))
                            .expected());
        }
    }

    @Test
    void brokenAttachmentsAreNoReports() throws Exception {
        byte[] whole = gzip(json());
        for (int length = 0; length < whole.length - 20; length += 5) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(SyntaxException.class, () -> MAIL.parse(new ByteArrayInputStream(cut)));
        }
        byte[] broken = whole.clone();
        broken[2] = 99; // an unknown method
        assertEquals("compressed data that is whole", refusal(broken));
    }

    @Test
    void anyMessageIsReadOrRefused() throws Exception {
        Random random = new Random(53);
        byte[] mail = TestData.bytes("mail-auth/rpt01.eml");
        int read = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] octets = mail.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(128);
            }
            try {
                MAIL.parse(MessageContent.of(octets));
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0);
            }
        }
        assertTrue(read > 100 && read < 2900, read + " of 3000");
    }
}
