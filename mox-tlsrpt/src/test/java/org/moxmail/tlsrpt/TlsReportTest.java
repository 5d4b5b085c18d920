package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;

class TlsReportTest {
    private static final TlsReportLimits LIMITS = TlsReportLimits.DEFAULT;

    private static TlsReport parse(String json) throws SyntaxException {
        return TlsReport.parse(json.replace('\'', '"'), LIMITS);
    }

    private static TlsReport policies(String json) throws SyntaxException {
        return parse("{'policies':" + json + "}");
    }

    private static SyntaxException refused(String json) {
        return assertThrows(SyntaxException.class, () -> parse(json));
    }

    /** A report with one policy of which only this member is known. */
    private static PolicyResult result(String member) throws SyntaxException {
        return policies("[{" + member + "}]").policies().getFirst();
    }

    /** What RFC 8460, appendix B says in words and in JSON, but for the additional information. */
    private static TlsReport appendixB(String information) {
        return new TlsReport(
                "Company-X",
                new DateRange(Instant.parse("2016-04-01T00:00:00Z"), Instant.parse("2016-04-01T23:59:59Z")),
                "sts-reporting@company-x.example",
                "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
                List.of(new PolicyResult(
                        new TlsPolicy(
                                "sts",
                                List.of(
                                        "version: STSv1",
                                        "mode: testing",
                                        "mx: *.mail.company-y.example",
                                        "max_age: 86400"),
                                "company-y.example",
                                List.of("*.mail.company-y.example")),
                        5326,
                        303,
                        List.of(
                                new FailureDetail(
                                        "certificate-expired",
                                        "2001:db8:abcd:0012::1",
                                        "mx1.mail.company-y.example",
                                        "",
                                        "",
                                        100,
                                        "",
                                        ""),
                                new FailureDetail(
                                        "starttls-not-supported",
                                        "2001:db8:abcd:0013::1",
                                        "mx2.mail.company-y.example",
                                        "",
                                        "203.0.113.56",
                                        200,
                                        information,
                                        ""),
                                new FailureDetail(
                                        "validation-failure",
                                        "198.51.100.62",
                                        "mx-backup.mail.company-y.example",
                                        "",
                                        "203.0.113.58",
                                        3,
                                        "",
                                        "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED")))));
    }

    /** RFC 8460, appendix B. */
    @Test
    void theExampleOfTheStandardIsReadAsItIsPrinted() throws Exception {
        TlsReport report = TlsReport.parse(TestData.open("rfc/appendix-b.json"), LIMITS);
        String information = "https://reports.company-x.example/\n           report_info ? id = 5065427 c - 23 d3#"
                + " StarttlsNotSupported ";
        assertEquals(appendixB(information), report);
        assertEquals(Optional.of(Address.parse("sts-reporting@company-x.example")), report.contact());
        PolicyResult result = report.policies().getFirst();
        assertEquals(Optional.of(PolicyType.STS), result.policy().policyType());
        assertEquals(
                Optional.of(DnsName.parse("company-y.example")), result.policy().domain());
        assertEquals(
                List.of(
                        ResultType.CERTIFICATE_EXPIRED,
                        ResultType.STARTTLS_NOT_SUPPORTED,
                        ResultType.VALIDATION_FAILURE),
                result.failureDetails().stream()
                        .flatMap(detail -> detail.knownResultType().stream())
                        .toList());
        assertEquals(report, TlsReport.parse(report.print(), LIMITS));
    }

    @Test
    void samplesOfParsedmarcAreRead() throws Exception {
        assertEquals(
                appendixB("https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported"),
                TlsReport.parse(TestData.open("parsedmarc/rfc8460.json"), LIMITS));
        TlsReport report = TlsReport.parse(TestData.open("parsedmarc/smtp_tls.json"), LIMITS);
        assertEquals("2024-01-09T00:00:00Z_example.com", report.reportId());
        assertEquals(DateRange.of(LocalDate.of(2024, 1, 9)), report.dateRange());
        PolicyResult result = report.policies().getFirst();
        assertEquals(0, result.successfulSessions());
        assertEquals(3, result.failedSessions());
        assertEquals(List.of(), result.policy().mxHosts());
        assertEquals(
                List.of("209.85.222.201", "209.85.208.176"),
                result.failureDetails().stream()
                        .map(FailureDetail::sendingMtaIp)
                        .toList());
    }

    @Test
    void samplesOfMailAuthAreRead() throws Exception {
        TlsReport report = TlsReport.parse(TestData.open("mail-auth/rpt03.json"), LIMITS);
        assertEquals("Google Inc.", report.organizationName());
        assertEquals(
                List.of(Optional.of(PolicyType.NO_POLICY_FOUND), Optional.empty()),
                report.policies().stream()
                        .map(result -> result.policy().policyType())
                        .toList());
        assertEquals("invalid-policy-type", report.policies().get(1).policy().type());
        assertEquals(Optional.empty(), report.policies().get(1).policy().domain());
        assertEquals(1, report.policies().get(1).successfulSessions());
        assertEquals(0, report.policies().get(1).failedSessions());
        assertEquals(
                appendixB("https://reports.company-x.example/report_info ? id = 5065427 c - 23 d3#"
                        + " StarttlsNotSupported "),
                TlsReport.parse(TestData.open("mail-auth/rpt01.json"), LIMITS));
    }

    /** RFC 8460 §4.5. */
    @Test
    void theSamplesOfPoliciesInTheStandard() throws Exception {
        List<String> records = List.of(
                "3 0 1 1F850A337E6DB9C609C522D136A475638CC43E1ED424F8EEC8513D747D1D085D",
                "3 0 1 12350A337E6DB9C6123522D136A475638CC43E1ED424F8EEC8513D747D1D1234");
        TlsPolicy tlsa = TlsPolicy.tlsa(DnsName.parse("mx.example.com"), records);
        assertEquals(List.of(records.get(1), records.get(0)), tlsa.policyString());
        assertEquals(tlsa, TlsPolicy.tlsa(DnsName.parse("mx.example.com"), records.reversed()));
        List<String> lines = List.of(
                "version: STSv1",
                "mode: testing",
                "mx: mx1.example.com",
                "mx: mx2.example.com",
                "mx: mx.backup-example.com",
                "max_age: 604800");
        TlsPolicy sts = TlsPolicy.sts(
                DnsName.parse("b\u00fccher.example"), lines, List.of("mx1.example.com", "mx2.example.com"));
        assertEquals("xn--bcher-kva.example", sts.policyDomain());
        for (TlsPolicy policy : List.of(tlsa, sts)) {
            TlsReport report =
                    new TlsReport("o", DateRange.UNKNOWN, "", "", List.of(new PolicyResult(policy, 1, 0, List.of())));
            assertEquals(
                    policy,
                    TlsReport.parse(report.print(), LIMITS)
                            .policies()
                            .getFirst()
                            .policy());
        }
    }

    /** RFC 8460 §4.4. */
    @Test
    void membersHaveTheNamesAndTheOrderOfTheStandard() {
        FailureDetail detail =
                new FailureDetail("certificate-expired", "192.0.2.1", "mx", "helo", "::1", 2, "u:r", "r");
        TlsPolicy policy = new TlsPolicy("sts", List.of("a", "b"), "d.example", List.of("*.d.example"));
        TlsReport report = new TlsReport(
                "org \"\u00fc\"",
                new DateRange(Instant.ofEpochSecond(0), Instant.ofEpochSecond(86399, 5)),
                "a@b.example",
                "id",
                List.of(
                        new PolicyResult(policy, 1, 2, List.of(detail)),
                        new PolicyResult(new TlsPolicy("x", List.of(), "", List.of()), 0, 0, List.of())));
        assertEquals(
                ("{'organization-name':'org \\'\u00fc\\'','date-range':{'start-datetime':'1970-01-01T00:00:00Z',"
                                + "'end-datetime':'1970-01-01T23:59:59Z'},'contact-info':'a@b.example','report-id':'id',"
                                + "'policies':[{'policy':{'policy-type':'sts','policy-string':['a','b'],"
                                + "'policy-domain':'d.example','mx-host':['*.d.example']},"
                                + "'summary':{'total-successful-session-count':1,'total-failure-session-count':2},"
                                + "'failure-details':[{'result-type':'certificate-expired','sending-mta-ip':'192.0.2.1',"
                                + "'receiving-mx-hostname':'mx','receiving-mx-helo':'helo','receiving-ip':'::1',"
                                + "'failed-session-count':2,'additional-information':'u:r','failure-reason-code':'r'}]},"
                                + "{'policy':{'policy-type':'x','policy-domain':''},"
                                + "'summary':{'total-successful-session-count':0,'total-failure-session-count':0}}]}")
                        .replace('\'', '"'),
                report.print());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-09T01:02:03Z|2024-01-09T01:02:03Z",
                "2024-01-09t01:02:03z|2024-01-09T01:02:03Z",
                "2024-01-09T01:02:03.987Z|2024-01-09T01:02:03Z",
                "2024-01-09T01:02:03+02:00|2024-01-08T23:02:03Z",
                "2024-01-09T01:02:03-0500|2024-01-09T06:02:03Z",
                "2024-01-09T01:02:03|2024-01-09T01:02:03Z",
                "2024-01-09 01:02:03|2024-01-09T01:02:03Z",
                "2024-01-09 01:02:03 +00:00|2024-01-09T01:02:03Z",
                "2024-01-09T01:02|2024-01-09T01:02:00Z",
                "2024-01-09|2024-01-09T00:00:00Z",
                "2024-01-09T24:00:00Z|2024-01-10T00:00:00Z",
                "9999-12-31T23:59:59Z|9999-12-31T23:59:59Z"
            })
    void timesAsReportersWriteThem(String text, Instant time) throws Exception {
        TlsReport report = parse("{'date-range':{'start-datetime':'" + text + "','x':[{}],'end-datetime':'" + text
                + "'},'policies':[]}");
        assertEquals(new DateRange(time, time), report.dateRange());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{}",
                "{'start-datetime':null}",
                "{'start-datetime':'yesterday','end-datetime':'2024-13-01T00:00:00Z'}",
                "{'start-datetime':'-999999999-01-01T00:00:00Z'}",
                "{'start-datetime':'+999999999-12-31T23:59:59Z'}",
                "{'start-datetime':'9999-12-31T23:59:59-18:00'}",
                "{'start-datetime':{'a':[1]}}"
            })
    void otherTimesAreUnknown(String range) throws Exception {
        TlsReport report = parse("{'date-range':" + range + ",'policies':[],'report-id':'x'}");
        assertFalse(report.dateRange().isKnown());
        assertEquals("x", report.reportId());
        assertEquals(report, TlsReport.parse(report.print(), LIMITS));
    }

    @Test
    void oneTimeStandsForBoth() throws Exception {
        Instant time = Instant.parse("2024-01-09T00:00:00Z");
        assertEquals(
                new DateRange(time, time),
                parse("{'date-range':{'end-datetime':'2024-01-09'},'policies':[]}")
                        .dateRange());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1|1",
                "'17'|17",
                "' 17 '|17",
                "17.0|17",
                "'17.9'|17",
                "1e3|1000",
                "[5]|5",
                "-1|0",
                "'many'|0",
                "''|0",
                "null|0",
                "true|0",
                "{'a':1}|0",
                "0.9|0",
                "1e-999999999|0",
                "1e999999999|9007199254740991",
                "-1e999999999|0",
                "9007199254740991|9007199254740991",
                "9007199254740993|9007199254740991",
                "99999999999999999999999999|9007199254740991",
                "'0x10'|0"
            })
    void countsAsReportersWriteThem(String json, long count) throws Exception {
        assertEquals(
                count,
                result("'summary':{'total-failure-session-count':" + json + "}").failedSessions());
        assertEquals(
                count,
                result("'failure-details':[{'failed-session-count':" + json + "}]")
                        .failureDetails()
                        .getFirst()
                        .failedSessions());
    }

    @Test
    void oneValueStandsForAListAndAListForOneValue() throws Exception {
        TlsReport one =
                policies("{'policy':{'policy-type':'sts','policy-string':'version: STSv1','mx-host':'mx.example'},"
                        + "'failure-details':{'result-type':['sts-policy-invalid','x'],'failed-session-count':'4'}}");
        PolicyResult result = one.policies().getFirst();
        assertEquals(List.of("version: STSv1"), result.policy().policyString());
        assertEquals(List.of("mx.example"), result.policy().mxHosts());
        assertEquals("sts-policy-invalid", result.failureDetails().getFirst().resultType());
        assertEquals(4, result.failureDetails().getFirst().failedSessions());
        assertEquals("12", parse("{'report-id':12,'policies':{}}").reportId());
        assertEquals("a", parse("{'contact-info':['a','b'],'policies':{}}").contactInfo());
        assertEquals(
                List.of("a", "1", "true"),
                result("'policy':{'policy-string':['a',null,1,['no'],{'no':'no'},true]}")
                        .policy()
                        .policyString());
    }

    @Test
    void whatIsUnknownOrMisplacedIsSkipped() throws Exception {
        TlsReport report = parse("{'x':{'policies':[{}]},'POLICIES':[7,[{}],null,{'summary':[],'policy':'p','y':[[1]],"
                + "'failure-details':[1,{'Result-Type':'x','z':{}},[]]}],'organization-name':null,'x':[{'x':1}],}");
        assertEquals(1, report.policies().size());
        assertEquals("", report.organizationName());
        assertEquals(
                List.of("x"),
                report.policies().getFirst().failureDetails().stream()
                        .map(FailureDetail::resultType)
                        .toList());
        assertEquals(
                Optional.empty(),
                report.policies().getFirst().failureDetails().getFirst().knownResultType());
    }

    @Test
    void membersOfOlderDraftsAreRead() throws Exception {
        PolicyResult result = result("'policy':{'mx-host-pattern':['*.a.example']},'failure-details':"
                + "[{'additional-info-uri':'u:r','failure-error-code':'c'}]");
        assertEquals(List.of("*.a.example"), result.policy().mxHosts());
        assertEquals("u:r", result.failureDetails().getFirst().additionalInformation());
        assertEquals("c", result.failureDetails().getFirst().failureReasonCode());
    }

    @Test
    void octetsThatAreNoTextAreNoReasonToRefuse() throws Exception {
        byte[] json = "\u00ef\u00bb\u00bf{\"report-id\":\"\u00ff\\ud800\",\"policies\":[]} and more {"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "\ufffd\ufffd",
                TlsReport.parse(new ByteArrayInputStream(json), LIMITS).reportId());
        assertThrows(
                IllegalArgumentException.class, () -> new TlsReport("\udc00", DateRange.UNKNOWN, "", "", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "7",
                "null",
                "'x'",
                "{",
                "{}",
                "{'report-id':'x'}",
                "{'policies':[",
                "{'policies':[]",
                "{'policies':[{}}",
                "{policies:[]}",
                "{'policies':nul}",
                "{'policies':01}",
                "{'policies':NaN}",
                "{'policies' []}",
                "{'a':'\\x','policies':[]}",
                "<xml/>",
                "\0"
            })
    void whatIsNoReportIsRefused(String json) {
        assertTrue(refused(json).offset() <= json.length(), json);
    }

    @Test
    void aRefusalSaysWhere() {
        assertEquals("policies", refused("{'report-id':'x'}").expected());
        assertEquals("an object of JSON", refused("[]").expected());
        SyntaxException broken = refused("{'policies':[}");
        assertEquals("JSON that is well-formed", broken.expected());
        assertEquals(13, broken.offset(), 1);
    }

    @Test
    void depthIsBounded() throws Exception {
        assertEquals(
                "JSON within the limits on depth and lengths",
                refused("{'x':" + "[".repeat(1_000_000) + "1").expected());
        assertEquals(
                "JSON within the limits on depth and lengths",
                refused("{'policies':" + "{'policy':".repeat(1000)).expected());
        parse("{'x':" + "[".repeat(30) + "]".repeat(30) + ",'policies':[]}");
    }

    @Test
    void countsOfThingsAreBounded() throws Exception {
        TlsReportLimits few = LIMITS.withSizes(1 << 20, 1 << 20, 3, 4);
        String detail = "{\"failure-details\":[{},{}]}";
        assertEquals(
                2,
                TlsReport.parse("{\"policies\":[" + detail + "," + detail + "]}", few)
                        .policies()
                        .size());
        assertEquals(
                "at most 4 failure details",
                assertThrows(
                                SyntaxException.class,
                                () -> TlsReport.parse(
                                        "{\"policies\":[" + detail + "," + detail + "," + detail + "]}", few))
                        .expected());
        assertEquals(
                "at most 3 policies",
                assertThrows(SyntaxException.class, () -> TlsReport.parse("{\"policies\":[{},{},{},{}]}", few))
                        .expected());
        assertEquals(
                1000,
                result("'policy':{'mx-host':['a'" + ",'a'".repeat(5000) + "]}")
                        .policy()
                        .mxHosts()
                        .size());
        assertThrows(IllegalArgumentException.class, () -> LIMITS.withSizes(0, 1, 1, 1));
    }

    @Test
    void textsAreCutAndLongStringsRefused() throws Exception {
        assertEquals(
                2048,
                parse("{'report-id':'" + "a".repeat(60_000) + "','policies':[]}")
                        .reportId()
                        .length());
        // Between the halves of a pair.
        String cut = parse("{'report-id':'" + "a".repeat(2047) + "\ud83d\ude00','policies':[]}")
                .reportId();
        assertEquals("a".repeat(2047) + "\ufffd", cut);
        assertEquals(
                "JSON within the limits on depth and lengths",
                refused("{'report-id':'" + "a".repeat(1_000_000) + "','policies':[]}")
                        .expected());
        assertEquals(
                "JSON within the limits on depth and lengths",
                refused("{'" + "a".repeat(1_000_000) + "':1,'policies':[]}").expected());
        assertEquals(
                "JSON within the limits on depth and lengths",
                refused("{'report-id':" + "1".repeat(1_000_000) + ",'policies':[]}")
                        .expected());
    }

    @Test
    void octetsAreBounded() {
        InputStream blanks = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream("{\"x\":[".getBytes(StandardCharsets.US_ASCII)), blanks);
        assertEquals(
                "more than 1000000 octets of JSON",
                assertThrows(
                                SyntaxException.class,
                                () -> TlsReport.parse(endless, LIMITS.withSizes(1, 1_000_000, 1, 1)))
                        .expected());
    }

    @Test
    void aStreamThatFailsIsNoBrokenReport() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        };
        assertEquals(
                "disk",
                assertThrows(IOException.class, () -> TlsReport.parse(failing, LIMITS))
                        .getMessage());
    }

    @Test
    void onlyValidValuesExist() {
        TlsPolicy policy = new TlsPolicy("", List.of(), "", List.of());
        assertThrows(IllegalArgumentException.class, () -> new PolicyResult(policy, -1, 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PolicyResult(policy, 0, 1L << 53, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> FailureDetail.of(ResultType.DANE_REQUIRED).withFailedSessions(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DateRange(Instant.EPOCH, Instant.parse("+10000-01-01T00:00:00Z")));
    }

    @Property(tries = 300)
    void whatIsPrintedIsRead(@ForAll("reports") TlsReport report) throws Exception {
        assertEquals(report, TlsReport.parse(report.print(), LIMITS));
    }

    /** Any octets are read or refused; what was read is printed and read alike. */
    @Test
    void brokenReportsAreReadOrRefused() throws Exception {
        Random random = new Random(8460);
        List<byte[]> seeds = List.of(
                TestData.bytes("rfc/appendix-b.json"),
                TestData.bytes("parsedmarc/smtp_tls.json"),
                TestData.bytes("mail-auth/rpt03.json"));
        byte[] spice = "{}[]\",:\\u-.0123456789eEnulltruefalse\u0000\u00ff ".getBytes(StandardCharsets.ISO_8859_1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = seeds.get(i % seeds.size()).clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                json[random.nextInt(json.length)] = spice[random.nextInt(spice.length)];
            }
            try {
                TlsReport report = TlsReport.parse(new ByteArrayInputStream(json), LIMITS);
                assertEquals(report, TlsReport.parse(report.print(), LIMITS));
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= json.length);
            }
        }
        assertTrue(read > 2000 && read < 18_000, read + " of 20000");
    }

    @Provide
    Arbitrary<TlsReport> reports() {
        Arbitrary<String> text =
                Arbitraries.of("", "a", "\u00fc\ud83d\ude00", "\"\\/\b\r\n\t\0", "null", "*.a.example", "\u2028");
        Arbitrary<Long> count = Arbitraries.longs().between(0, (1L << 53) - 1);
        Arbitrary<DateRange> range = Arbitraries.longs()
                .between(-62167219200L, 253402300799L)
                .map(Instant::ofEpochSecond)
                .map(time -> new DateRange(time, time));
        Arbitrary<TlsPolicy> policy = Combinators.combine(
                        text, text.list().ofMaxSize(3), text, text.list().ofMaxSize(3))
                .as(TlsPolicy::new);
        Arbitrary<FailureDetail> detail = Combinators.combine(text, text, text, text, text, count, text, text)
                .as(FailureDetail::new);
        Arbitrary<PolicyResult> result = Combinators.combine(
                        policy, count, count, detail.list().ofMaxSize(3))
                .as(PolicyResult::new);
        return Combinators.combine(text, range, text, text, result.list().ofMaxSize(3))
                .as(TlsReport::new);
    }
}
