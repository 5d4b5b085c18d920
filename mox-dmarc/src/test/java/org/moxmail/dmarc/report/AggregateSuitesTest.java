package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dmarc.AlignmentMode;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcPolicy;
import org.moxmail.dmarc.TestData;
import org.moxmail.dmarc.Tree;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/** Real reports and those of other projects; where they come from is in the README beside them. */
class AggregateSuitesTest {
    private static AggregateReport read(String file) throws Exception {
        ReportMail mail = new ReportMail(ReportLimits.DEFAULT);
        byte[] octets = TestData.bytes(file);
        if (file.endsWith(".eml")) {
            return mail.parse(MessageContent.of(octets));
        }
        AggregateReport.Collector collector = new AggregateReport.Collector();
        ReportFormat format = mail.read(new ByteArrayInputStream(octets), collector);
        return collector.report(format);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "aggregate/mail-dmarc/test_dmarc.xml, Test Sender, example.com, 1, 1",
        "aggregate/mail-dmarc/test_dmarc.xml.gz, Test Sender, example.com, 1, 1",
        "aggregate/mail-dmarc/test_dmarc.xml.zip, Test Sender, example.com, 1, 1",
        "aggregate/parsedmarc/estadocuenta1.infonacot.gob.mx_example.com_1536853302_1536939702_2940.xml.zip,"
                + " XYZ Corporation, example.com, 1, 1",
        "aggregate/parsedmarc/example.com_1538204542_1538463818.xml, '', example.com, 1, 1",
        "aggregate/parsedmarc/example.net_example.com_1529366400_1529452799.xml, example.net, example.com, 1, 1",
        "aggregate/parsedmarc/fastmail.com_example.com_1516060800_1516147199_102675056.xml.gz, FastMail Pty Ltd,"
                + " indemed.com, 1, 1",
        "aggregate/parsedmarc/large-example.com_1711897200_1711983600.xml, '', example.com, 2286, 2286",
        "aggregate/parsedmarc/protection.outlook.com_example.com_1711756800_1711843200.xml, Outlook.com,"
                + " example.com, 1, 1",
        "aggregate/parsedmarc/twilight.eml, google.com, twlnet.com, 1, 1",
        "aggregate/parsedmarc/veeam.com_example.com_1530133200_1530219600.xml, veeam.com, example.com, 1, 1",
        "aggregate_invalid/parsedmarc/report_with_upper_cased_pass.xml, example.com, example.com, 1, 1",
        "extract_report/parsedmarc/changed-input.xml, fred.com, example.com, 20, 3047",
        "extract_report/parsedmarc/nice-input.xml, google.com, example.com, 20, 3047",
        "extract_report/parsedmarc/nice-input.xml.gz, google.com, example.com, 20, 3047",
        "extract_report/parsedmarc/nice-input.xml.zip, google.com, example.com, 20, 3047",
        "schema/dmarc-xml-0.2.xml, Sample Reporter, example.com, 1, 123",
        "schema/dmarc-xmlalt-0.2.xml, Sample Reporter, example.com, 1, 123",
        "feedback-mail-auth/001.xml, Sample Reporter, example.com, 1, 123",
        "feedback-mail-auth/003.xml, Fastmail Pty Ltd, stalw.art, 4, 9",
        "feedback-mail-auth/005.xml, Legacy Reporter, example.com, 1, 1",
        "feedback-mail-auth/101.eml, \"backschues.NET, stalw.art, 1, 1",
        "feedback-mail-auth/103.eml, Outlook.com, stalw.art, 1, 1"
    })
    void reportsAreRead(String file, String organization, String domain, int rows, long messages) throws Exception {
        AggregateReport report = read(file);
        assertEquals(
                organization + " " + domain + " " + rows + " " + messages,
                report.metadata().organization() + " " + report.policy().domain() + " "
                        + report.rows().size() + " "
                        + report.rows().stream().mapToLong(ReportRow::count).sum());
        assertTrue(report.rows().stream().allMatch(row -> row.sourceAddress().isPresent()));
        for (ReportFormat format : ReportFormat.values()) {
            writtenByTheSchema(report, format);
        }
    }

    /** RFC 9990 §3.1.1: "SHOULD discard the report"; the deviation is listed. */
    @Test
    void whatIsNoXmlIsNoReport() throws Exception {
        String file = "aggregate/parsedmarc/invalid_xml.xml";
        assertEquals("refused", TestData.deviations().get(file));
        assertThrows(SyntaxException.class, () -> read(file));
    }

    private static void writtenByTheSchema(AggregateReport report, ReportFormat format) throws Exception {
        AggregateReport written = new AggregateReport(format, report.metadata(), report.policy(), report.rows());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        written.write(out);
        Schemas.validate(format, out.toString(StandardCharsets.UTF_8));
        AggregateReport again =
                AggregateReport.parse(new ByteArrayInputStream(out.toByteArray()), ReportLimits.DEFAULT);
        assertEquals(format, again.format());
        assertEquals(List.of(), again.faults());
        assertEquals(report.metadata().reportId(), again.metadata().reportId());
        // What was said in a format's words once is said in them for good.
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        again.write(twice);
        assertEquals(out.toString(StandardCharsets.UTF_8), twice.toString(StandardCharsets.UTF_8));
    }

    @Test
    void capitalsAreUnderstood() throws Exception {
        ReportRow row = read("aggregate_invalid/parsedmarc/report_with_upper_cased_pass.xml")
                .rows()
                .getFirst();
        assertEquals(Optional.of(Disposition.NONE), row.disposition());
        assertTrue(row.dkimAligned() && row.spfAligned());
        assertEquals(AuthenticationResult.PASS, row.dkim().getFirst().result());
        assertEquals(
                "verify result: all signatures verified", row.dkim().getFirst().humanResult());
    }

    /** RFC 9990 appendix B. */
    @Test
    void theSampleOfTheStandard() throws Exception {
        AggregateReport report = read("schema/dmarc-xml-0.2.xml");
        assertEquals(ReportFormat.RFC9990, report.format());
        assertEquals(List.of(), report.faults());
        assertEquals("Example DMARC Aggregate Reporter v1.2", report.metadata().generator());
        assertEquals(302832000, report.metadata().begin().getEpochSecond());
        assertEquals(
                new PublishedPolicy(
                        "example.com",
                        Optional.of(DiscoveryMethod.TREE_WALK),
                        Optional.of(DmarcPolicy.QUARANTINE),
                        Optional.of(DmarcPolicy.NONE),
                        Optional.of(DmarcPolicy.NONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(false),
                        OptionalInt.empty(),
                        ""),
                report.policy());
        assertEquals(
                new ReportRow(
                        "192.0.2.123",
                        123,
                        Optional.of(Disposition.PASS),
                        true,
                        false,
                        List.of(),
                        "example.com",
                        "example.com",
                        "",
                        List.of(new DkimAuthResult("example.com", "abc123", AuthenticationResult.PASS, "")),
                        List.of(new SpfAuthResult("example.com", Optional.empty(), AuthenticationResult.FAIL, ""))),
                report.rows().getFirst());
    }

    /** What mail-auth expects, in its own words. */
    @ParameterizedTest
    @ValueSource(strings = {"001.xml", "003.xml", "005.xml", "101.eml", "103.eml"})
    void mailAuth(String name) throws Exception {
        AggregateReport report = read("feedback-mail-auth/" + name);
        Tree expected = TestData.json("feedback-mail-auth/" + name.replaceAll("\\..*", ".json"));
        Tree metadata = expected.at("report_metadata");
        assertEquals(metadata.text("org_name"), report.metadata().organization());
        assertEquals(metadata.text("email"), report.metadata().email());
        assertEquals(orNull(report.metadata().contact()), metadata.text("extra_contact_info"));
        assertEquals(metadata.text("report_id"), report.metadata().reportId());
        Tree range = metadata.at("date_range");
        assertEquals(range.text("begin"), "" + report.metadata().begin().getEpochSecond());
        assertEquals(range.text("end"), "" + report.metadata().end().getEpochSecond());
        assertEquals(metadata.texts("error"), report.metadata().errors());

        Tree policy = expected.at("policy_published");
        assertEquals(policy.text("domain"), report.policy().domain());
        assertEquals(policy.text("adkim"), alignment(report.policy().dkimAlignment()));
        assertEquals(policy.text("aspf"), alignment(report.policy().spfAlignment()));
        assertEquals(lower(policy.text("p")), keyword(report.policy().policy()));
        assertEquals(lower(policy.text("sp")), keyword(report.policy().subdomainPolicy()));
        assertEquals(policy.text("fo"), orNull(report.policy().failureOptions()));

        List<Tree> records = expected.elements("record");
        assertEquals(records.size(), report.rows().size());
        for (int i = 0; i < records.size(); i++) {
            row(
                    records.get(i),
                    report.rows().get(i),
                    TestData.deviations().getOrDefault("feedback-mail-auth/" + name, "other"));
        }
    }

    private static void row(Tree expected, ReportRow actual, String other) {
        Tree row = expected.at("row");
        assertEquals(row.text("source_ip"), actual.sourceIp());
        assertEquals(row.text("count"), "" + actual.count());
        Tree evaluated = row.at("policy_evaluated");
        assertEquals(
                lower(evaluated.text("disposition")),
                actual.disposition().map(Disposition::keyword).orElse("unspecified"));
        assertEquals(evaluated.text("dkim"), actual.dkimAligned() ? "Pass" : "Fail");
        assertEquals(evaluated.text("spf"), actual.spfAligned() ? "Pass" : "Fail");
        assertEquals(
                evaluated.elements("reason").stream()
                        .map(reason -> words(reason.text("type_")).replace("other", other) + reason.text("comment"))
                        .toList(),
                actual.reasons().stream()
                        .map(reason -> reason.type().keyword() + orNull(reason.comment()))
                        .toList());
        Tree identifiers = expected.at("identifiers");
        assertEquals(identifiers.text("header_from"), actual.headerFrom());
        assertEquals(orNull(identifiers.text("envelope_from")), orNull(actual.envelopeFrom()));
        assertEquals(orNull(identifiers.text("envelope_to")), orNull(actual.envelopeTo()));
        Tree results = expected.at("auth_results");
        assertEquals(
                results.elements("dkim").stream()
                        .map(dkim -> dkim.text("domain") + " " + dkim.text("selector") + " "
                                + lower(dkim.text("result")) + " " + dkim.text("human_result"))
                        .toList(),
                actual.dkim().stream()
                        .map(dkim -> dkim.domain() + " " + dkim.selector() + " "
                                + dkim.result().keyword() + " " + orNull(dkim.humanResult()))
                        .toList());
        assertEquals(
                results.elements("spf").stream()
                        .map(spf -> spf.text("domain") + " " + spf.text("scope") + " " + lower(spf.text("result")))
                        .toList(),
                actual.spf().stream()
                        .map(spf -> spf.domain() + " "
                                + spf.scope()
                                        .map(scope -> scope == SpfScope.HELO ? "Helo" : "MailFrom")
                                        .orElse("Unspecified")
                                + " " + spf.result().keyword())
                        .toList());
    }

    private static String lower(String word) {
        return word.toLowerCase(java.util.Locale.ROOT);
    }

    /** TrustedForwarder as trusted_forwarder. */
    private static String words(String word) {
        return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "null" : text;
    }

    private static String keyword(Optional<DmarcPolicy> policy) {
        return policy.map(DmarcPolicy::keyword).orElse("unspecified");
    }

    private static String alignment(Optional<AlignmentMode> mode) {
        return mode.map(found -> found == AlignmentMode.STRICT ? "Strict" : "Relaxed")
                .orElse("Unspecified");
    }

    /** The schemas of both standards. */
    static final class Schemas {
        private Schemas() {}

        static void validate(ReportFormat format, String xml) throws Exception {
            String file = format == ReportFormat.RFC9990 ? "schema/dmarc-xml-0.2.xsd" : "schema/rfc7489.xsd";
            try (InputStream in = TestData.open(file)) {
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(new StreamSource(in))
                        .newValidator()
                        .validate(new StreamSource(new StringReader(xml)));
            }
        }
    }
}
