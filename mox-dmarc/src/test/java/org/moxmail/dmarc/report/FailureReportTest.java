package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dmarc.TestData;
import org.moxmail.dmarc.Tree;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.MessageContent;

class FailureReportTest {
    private static final String PARSEDMARC = "failure/parsedmarc/";

    private static FailureReport read(String file) throws Exception {
        return FailureReport.parse(MessageContent.of(TestData.bytes(file)));
    }

    /** RFC 9991 appendix A. */
    @Test
    void theExampleOfTheStandard() throws Exception {
        FailureReport report = read("failure/rfc9991-appendix-a.eml");
        assertEquals(FailureReport.AUTH_FAILURE, report.feedbackType());
        assertEquals(Optional.of(AuthFailure.DMARC), report.authFailure());
        assertEquals("DMARC-Filter/1.2.3", report.userAgent());
        assertEquals(Optional.of(Set.of(FailureReport.Mechanism.DKIM)), report.identityAlignment());
        assertEquals(List.of("gen.example; dmarc=fail header.from=consumer.example"), report.authenticationResults());
        assertEquals("consumer.example", report.dkimDomain());
        assertEquals("@consumer.example", report.dkimIdentity());
        assertEquals("epsilon", report.dkimSelector());
        assertEquals("65E1A3F0A0", report.originalEnvelopeId());
        assertEquals("author=gen.example@forwarder.example", report.originalMailFrom());
        assertEquals(Optional.of(Addresses.parse("192.0.2.2")), report.sourceIp());
        assertEquals(OptionalInt.of(12345), report.sourcePort());
        assertEquals(List.of("consumer.example"), report.reportedDomains());
        assertEquals(1, report.incidents());
        assertEquals(
                Optional.of("This is the original subject"),
                report.originalHeader().first("Subject"));
        assertTrue(report.original().isPresent());
    }

    /** RFC 5965 §B.2. */
    @Test
    void aFullReportOfAbuse() throws Exception {
        FailureReport report = read("failure/rfc5965-appendix-b2.eml");
        assertEquals("abuse", report.feedbackType());
        assertEquals(Optional.empty(), report.authFailure());
        assertEquals("somespammer@example.net", report.originalMailFrom());
        assertEquals(List.of("user@example.com"), report.originalRcptTo());
        assertEquals("dns; mail.example.com", report.reportingMta());
        assertEquals(List.of("http://example.net/earn_money.html", "mailto:user@example.com"), report.reportedUris());
        assertEquals(
                Optional.of(Instant.parse("2005-03-08T18:00:00Z")),
                report.arrivalDate().map(OffsetDateTime::toInstant));
    }

    @Test
    void reportsAsTheyAreSent() throws Exception {
        FailureReport domain = read(
                PARSEDMARC + "DMARC_Failure_Report_for_domain.de_mail-from_sharepoint@domain.de_ip_10.10.10.10_.eml");
        assertEquals(Optional.of(AuthFailure.DMARC), domain.authFailure());
        assertEquals(Optional.of(Addresses.parse("10.10.10.10")), domain.sourceIp());
        assertEquals(List.of("domain.de"), domain.reportedDomains());
        assertEquals(Optional.empty(), domain.deliveryResult());
        assertEquals("sharepoint@domain.de", domain.originalMailFrom());
        assertEquals(Optional.empty(), domain.identityAlignment());
        assertEquals(Optional.of("Subject"), domain.originalHeader().first("subject"));

        FailureReport linkedin = read(PARSEDMARC + "dmarc_ruf_report_linkedin.eml");
        assertEquals("", linkedin.originalMailFrom());
        assertEquals(Optional.of(DeliveryResult.DELIVERED), linkedin.deliveryResult());
        assertEquals(List.of("recipient@linkedin.com"), linkedin.originalRcptTo());
        assertEquals(
                Optional.of("Sender <sender@example.com>"),
                linkedin.originalHeader().first("From"));

        FailureReport exim = read(PARSEDMARC + "exim_plain_text_only_no_arf_part.eml");
        assertEquals(FailureReport.AUTH_FAILURE, exim.feedbackType());
        assertEquals(List.of("example.com"), exim.reportedDomains());
        assertEquals(Optional.of(Addresses.parse("203.0.113.68")), exim.sourceIp());
        assertEquals(
                Optional.of(Instant.parse("2025-04-07T21:16:09Z")),
                exim.arrivalDate().map(OffsetDateTime::toInstant));
        assertEquals(
                Optional.of("Payment from your account."), exim.originalHeader().first("Subject"));
    }

    /** What mail-auth expects, in its own words. RFC 6591 appendix B is 005, RFC 5965 §B.1 is 001. */
    @ParameterizedTest
    @ValueSource(strings = {"001", "003", "005"})
    void mailAuth(String name) throws Exception {
        FailureReport report = read("arf-mail-auth/" + name + ".eml");
        Tree expected = TestData.json("arf-mail-auth/" + name + ".json");
        String type = expected.text("feedback_type").equals("AuthFailure") ? "auth-failure" : "abuse";
        assertEquals(type, report.feedbackType());
        assertEquals(
                expected.text("arrival_date"),
                report.arrivalDate().map(date -> "" + date.toEpochSecond()).orElse("null"));
        assertEquals(
                expected.texts("authentication_results").stream()
                        .map(text -> text.replaceAll("\\s+", " "))
                        .toList(),
                report.authenticationResults());
        assertEquals(expected.text("incidents"), "" + report.incidents());
        assertEquals(expected.text("original_envelope_id"), orNull(report.originalEnvelopeId()));
        assertEquals(expected.text("original_mail_from").replaceAll("[<>]", ""), orNull(report.originalMailFrom()));
        assertEquals(
                expected.text("original_rcpt_to").replaceAll("[<>]", ""),
                orNull(String.join(",", report.originalRcptTo())));
        assertEquals(expected.texts("reported_domain"), report.reportedDomains());
        assertEquals(expected.texts("reported_uri"), report.reportedUris());
        assertEquals(
                expected.text("source_ip"),
                report.sourceIp().map(Addresses::print).orElse("null"));
        assertEquals(expected.text("user_agent"), report.userAgent());
        assertEquals(
                expected.text("auth_failure"),
                report.authFailure()
                        .map(failure -> failure == AuthFailure.BODY_HASH ? "BodyHash" : "?")
                        .orElse("Unspecified"));
        assertEquals(expected.text("dkim_domain"), orNull(report.dkimDomain()));
        assertEquals(expected.text("dkim_identity"), orNull(report.dkimIdentity()));
        assertEquals(expected.text("dkim_selector"), orNull(report.dkimSelector()));
        assertEquals(
                expected.text("dkim_canonicalized_body").equals("null"),
                report.dkimCanonicalizedBody().isEmpty());
        if (name.equals("005")) {
            String body =
                    new String(report.dkimCanonicalizedBody().orElseThrow().toByteArray(), StandardCharsets.US_ASCII);
            assertTrue(body.startsWith("This is a message body that got modified in transit."), body);
            assertEquals(
                    Optional.of("You have a new bill from your bank"),
                    report.originalHeader().first("Subject"));
            assertTrue(report.original().isEmpty(), "text/rfc822-headers is no message");
        }
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "null" : text;
    }

    private static FailureReport parse(String fields) throws Exception {
        String text =
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n"
                        + fields.replace("\n", "\r\n") + "\r\n--b--\r\n";
        return FailureReport.parse(MessageContent.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatCantBeUnderstoodIsAbsent() throws Exception {
        FailureReport report = parse("""
                feedback-type: Auth-Failure (it failed)
                AUTH-FAILURE: quantum
                Source-IP: localhost
                Source-Port: 70000
                Incidents: -3
                Arrival-Date: yesterday
                Identity-Alignment: (a \\) comment) spf , DKIM,dnssec
                Delivery-Result: smg-policy-action
                DKIM-Canonicalized-Body: !
                Original-Mail-From: "a(b" <x@example.org> (c
                no field
                """);
        assertEquals("auth-failure", report.feedbackType());
        assertEquals(Optional.empty(), report.authFailure());
        assertEquals(Optional.empty(), report.sourceIp());
        assertEquals(OptionalInt.empty(), report.sourcePort());
        assertEquals(1, report.incidents());
        assertEquals(Optional.empty(), report.arrivalDate());
        assertEquals(Optional.empty(), report.deliveryResult());
        assertEquals(
                Optional.of(Set.of(FailureReport.Mechanism.SPF, FailureReport.Mechanism.DKIM)),
                report.identityAlignment());
        assertEquals("\"a(b\" <x@example.org>", report.originalMailFrom());
        assertEquals(List.of(), report.originalHeader().fields());
        assertEquals(
                Optional.of(Set.of()),
                parse("Feedback-Type: x\nIdentity-Alignment: none").identityAlignment());
    }

    @Test
    void otherMailIsNoReport() {
        assertThrows(SyntaxException.class, () -> parse("Auth-Failure: dmarc"));
        assertThrows(
                SyntaxException.class,
                () -> FailureReport.parse(
                        MessageContent.of("Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aGiantReportIsCut() throws Exception {
        FailureReport report =
                parse("Feedback-Type: auth-failure\n" + "Reported-Domain: example.org\n".repeat(100_000));
        assertTrue(report.reportedDomains().size() < 20_000);
    }

    private static String compose(FailureReportBuilder builder, String original, boolean headerOnly) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Composer composer = new Composer(
                out, ComposeOptions.SEVEN_BIT, () -> Instant.parse("2026-01-01T00:00:00Z"), new SplittableRandom(1));
        composer.subject("DMARC failure report");
        builder.write(
                composer.body(),
                "A message failed.",
                new ByteArrayInputStream(original.getBytes(StandardCharsets.UTF_8)),
                headerOnly);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static FailureReportBuilder complete() throws Exception {
        return FailureReport.builder(AuthFailure.DMARC)
                .userAgent("mox/0.1")
                .identityAlignment(Set.of(FailureReport.Mechanism.SPF, FailureReport.Mechanism.DKIM))
                .authenticationResults("mx.example; dmarc=fail header.from=example.org")
                .reportedDomain(DnsName.parse("b\u00fccher.example"))
                .sourceIp(Addresses.parse("2001:db8::1"))
                .arrivalDate(OffsetDateTime.parse("2026-01-01T01:02:03+01:00"))
                .deliveryResult(DeliveryResult.REJECT);
    }

    // RFC 9991 §4
    @Test
    void whatIsComposedIsReadAlike() throws Exception {
        byte[] body = new byte[3000];
        new Random(1).nextBytes(body);
        FailureReportBuilder builder = complete()
                .dkim(DnsName.parse("example.org"), "@example.org", "s1")
                .dkimCanonicalizedBody(body)
                .spfDns(DnsName.parse("example.org"), "v=spf1 " + "ip4:192.0.2.0/24 ".repeat(20) + "\"-all");
        for (boolean headerOnly : new boolean[] {true, false}) {
            String mail = compose(builder, "Subject: original\r\nFrom: x@example.org\r\n\r\n", headerOnly);
            assertTrue(mail.lines().allMatch(line -> line.length() <= 998));
            FailureReport read = FailureReport.parse(MessageContent.of(mail.getBytes(StandardCharsets.UTF_8)));
            FailureReport built = builder.build();
            assertEquals(built.authFailure(), read.authFailure());
            assertEquals(built.identityAlignment(), read.identityAlignment());
            assertEquals(built.authenticationResults(), read.authenticationResults());
            assertEquals(List.of("xn--bcher-kva.example"), read.reportedDomains());
            assertEquals(Optional.of(Addresses.parse("2001:db8::1")), read.sourceIp());
            assertEquals(Optional.of(DeliveryResult.REJECT), read.deliveryResult());
            assertEquals(built.arrivalDate(), read.arrivalDate());
            assertEquals(built.spfDns(), read.spfDns());
            assertTrue(read.dkimCanonicalizedBody().orElseThrow().contentEquals(body));
            assertEquals(Optional.of("original"), read.originalHeader().first("Subject"));
            assertEquals(!headerOnly, read.original().isPresent());
        }
    }

    @Test
    void whatIsRequiredMustBeThere() {
        assertThrows(
                IllegalStateException.class,
                () -> compose(FailureReport.builder(AuthFailure.DMARC).userAgent("x"), "", true));
    }

    @Test
    void noValueLeavesItsField() throws Exception {
        FailureReportBuilder builder = complete();
        assertThrows(IllegalArgumentException.class, () -> builder.field("X", "a\r\nY: b"));
        assertThrows(IllegalArgumentException.class, () -> builder.field("X: a", "b"));
        assertThrows(IllegalArgumentException.class, () -> builder.field("X", "a\0"));
        assertThrows(IllegalArgumentException.class, () -> builder.field("X", "a".repeat(901)));
    }

    @Test
    void mutatedReportsAreReadOrRefused() throws Exception {
        List<byte[]> seeds = List.of(
                TestData.bytes("failure/rfc9991-appendix-a.eml"),
                TestData.bytes("arf-mail-auth/005.eml"),
                TestData.bytes(PARSEDMARC + "exim_plain_text_only_no_arf_part.eml"));
        Random random = new Random(99);
        int read = 0;
        for (int i = 0; i < 6000; i++) {
            byte[] octets = seeds.get(random.nextInt(seeds.size())).clone();
            for (int edits = random.nextInt(20); edits >= 0; edits--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                FailureReport report = FailureReport.parse(MessageContent.of(octets));
                report.identityAlignment();
                report.arrivalDate();
                report.sourceIp();
                report.sourcePort();
                report.incidents();
                report.dkimCanonicalizedBody();
                report.originalRcptTo();
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0);
            }
        }
        assertTrue(read > 1000, "hardly any report was read");
    }
}
