package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dmarc.AlignmentMode;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcLimits;
import org.moxmail.dmarc.DmarcLookup;
import org.moxmail.dmarc.DmarcPolicy;
import org.moxmail.dmarc.DmarcStandard;
import org.moxmail.dmarc.DmarcVerifier;
import org.moxmail.dmarc.TestData;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

class AggregateReportTest {
    private static final String HEAD = """
            <feedback><report_metadata><org_name>o</org_name><report_id>1</report_id>
            <date_range><begin>1</begin><end>2</end></date_range></report_metadata>
            <policy_published><domain>example.com</domain><p>none</p></policy_published>
            """;
    private static final String RECORD = """
            <record><row><source_ip>192.0.2.1</source_ip><count>7</count><policy_evaluated><disposition>none</disposition>
            <dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from>
            </identifiers><auth_results><spf><domain>example.com</domain><result>fail</result></spf></auth_results></record>
            """;
    private static final String TAIL = "</feedback>";

    private static AggregateReport parse(String xml) throws Exception {
        return parse(xml, ReportLimits.DEFAULT);
    }

    private static AggregateReport parse(String xml, ReportLimits limits) throws Exception {
        return AggregateReport.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), limits);
    }

    private static String refusal(String xml, ReportLimits limits) {
        return assertThrows(SyntaxException.class, () -> parse(xml, limits)).expected();
    }

    private static String refusal(String xml) {
        return refusal(xml, ReportLimits.DEFAULT);
    }

    @Test
    void elementsMayComeInAnyOrder() throws Exception {
        AggregateReport report = parse("\r\n <feedback>" + RECORD + HEAD.substring("<feedback>".length()) + TAIL);
        assertEquals(7, report.rows().getFirst().count());
        assertEquals("o", report.metadata().organization());
    }

    @Test
    void whatIsUnknownIsToldAndPassedOver() throws Exception {
        AggregateReport report = parse(HEAD.replace("<p>none", "<new><p>reject</p></new><p>strict") + "<x><record/></x>"
                + RECORD.replace("7<", "-7<").replace("<dkim>pass", "<dkim>good") + "<record/>" + TAIL);
        assertEquals(
                List.of(
                        "unknown element new",
                        "unknown word in p: strict",
                        "unknown element x",
                        "no number in count: -7",
                        "unknown word in dkim: good",
                        "a record without source_ip"),
                report.faults());
        assertEquals(Optional.empty(), report.policy().policy());
        assertEquals(1, report.rows().size());
        assertEquals(0, report.rows().getFirst().count());
        assertFalse(report.rows().getFirst().dkimAligned());
    }

    // RFC 9990 §5
    @Test
    void extensionsArePassedOver() throws Exception {
        AggregateReport report = parse((HEAD
                        + "<extension><ext:arc-override>never</ext:arc-override><any/></extension>"
                        + RECORD.replace("</record>", "<ext:arc-results><count>9</count></ext:arc-results></record>")
                        + TAIL)
                .replace("<feedback>", "<feedback xmlns='urn:ietf:params:xml:ns:dmarc-2.0' xmlns:ext='urn:x'>"));
        assertEquals(ReportFormat.RFC9990, report.format());
        assertEquals(List.of(), report.faults());
        assertEquals(7, report.rows().getFirst().count());
    }

    @Test
    void textIsThatOfCdataAndReferences() throws Exception {
        AggregateReport report =
                parse(HEAD.replace(">o<", "> a&amp;<![CDATA[<b>]]>&#x43;<!-- no --> <i>x</i>\u00e9 <") + RECORD + TAIL);
        assertEquals("a&<b>C \u00e9", report.metadata().organization());
    }

    @Test
    void reportsAreReadInTheirEncoding() throws Exception {
        String xml = HEAD.replace(">o<", ">B\u00fccher<") + RECORD + TAIL;
        for (String charset : List.of("UTF-8", "ISO-8859-1", "UTF-16", "UTF-16LE")) {
            String text = (charset.equals("UTF-16LE") ? "\ufeff" : "") + "<?xml version='1.0' encoding='" + charset
                    + "'?>" + xml;
            AggregateReport report = AggregateReport.parse(
                    new ByteArrayInputStream(text.getBytes(Charset.forName(charset))), ReportLimits.DEFAULT);
            assertEquals("B\u00fccher", report.metadata().organization(), charset);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no xml",
                "<feedback>",
                "<feedback/>",
                "<html/>",
                "<?xml version='1.0'?>",
                "<?xml version='3.0'?><feedback/>",
                "<feedback><report_metadata/></feedback>",
                "<feedback><policy_published/></feedback>",
                "<feedback><report_metadata/><report_metadata/><policy_published/></feedback>",
                "<feedback><report_metadata/><policy_published/></feedback><x/>",
                "<feedback><report_metadata/><policy_published/></feedback",
                "<feedback><report_metadata/><policy_published/>\u0001</feedback>",
                "<a:feedback><report_metadata/></a:feedback>",
                "<feedback a='1' a='2'/>",
                "\0\0\0\0<feedback/>"
            })
    void whatIsNoReportIsRefused(String xml) {
        assertThrows(SyntaxException.class, () -> parse(xml));
    }

    // XML has that fatal; RFC 9990 §3.1.1: the evaluator may use what can be used
    @Test
    void octetsThatAreNoTextAreReplaced() throws Exception {
        byte[] octets = (HEAD.replace(">o<", ">\u00fc<") + RECORD + TAIL).getBytes(StandardCharsets.ISO_8859_1);
        AggregateReport report = AggregateReport.parse(new ByteArrayInputStream(octets), ReportLimits.DEFAULT);
        assertEquals("\ufffd", report.metadata().organization());
    }

    @Test
    void aDeclaredEncodingMustBePossible() throws Exception {
        for (String wrong : List.of("utf-16", "UTF-32", "IBM037")) {
            assertEquals(
                    "\u00fc",
                    parse("<?xml version='1.0' encoding='" + wrong + "'?>" + HEAD.replace(">o<", ">\u00fc<") + RECORD
                                    + TAIL)
                            .metadata()
                            .organization());
        }
        for (String unknown : List.of("nonsense", "-x", ".")) {
            assertEquals(
                    "an encoding that is known",
                    refusal("<?xml version='1.0' encoding='" + unknown + "'?>" + HEAD + TAIL));
        }
    }

    // RFC 9990 §8.1
    @Test
    void noEntityIsEverRead(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        String uri = secret.toUri().toString();
        List<String> tricks = new ArrayList<>();
        tricks.add("<!DOCTYPE feedback SYSTEM '" + uri + "'>" + HEAD + RECORD + TAIL);
        tricks.add("<!DOCTYPE feedback [<!ENTITY x SYSTEM '" + uri + "'>]>" + HEAD.replace(">o<", ">&x;<") + TAIL);
        tricks.add("<!DOCTYPE feedback [<!ENTITY % x SYSTEM '" + uri + "'>%x;]>" + HEAD + RECORD + TAIL);
        tricks.add("<!DOCTYPE feedback [<!ENTITY x 'y'>]>" + HEAD.replace(">o<", ">&x;<") + RECORD + TAIL);
        tricks.add(HEAD.replace(">o<", ">&x;<") + RECORD + TAIL);
        tricks.add(HEAD.replace("<feedback>", "<feedback a='&x;'>") + RECORD + TAIL);
        StringBuilder laughs = new StringBuilder("<!DOCTYPE feedback [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 40; i++) {
            laughs.append("<!ENTITY a" + i + " '" + ("&a" + (i - 1) + ";").repeat(10) + "'>");
        }
        tricks.add(laughs + "]>" + HEAD.replace(">o<", ">&a39;<") + RECORD + TAIL);
        for (String trick : tricks) {
            assertFalse(refusal(trick).contains("secret"), trick);
        }
        // Nothing follows these either: XInclude and schema locations are elements and attributes like others.
        AggregateReport harmless = parse(HEAD.replace(
                        "<feedback>",
                        "<feedback xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='"
                                + uri + "'><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='" + uri + "'/>")
                + RECORD
                + TAIL);
        assertEquals("o", harmless.metadata().organization());
    }

    @Test
    void depthIsBounded() throws Exception {
        String deep = "<x>".repeat(100_000) + "</x>".repeat(100_000);
        assertEquals("elements at most 32 deep", refusal(HEAD + deep + TAIL));
        assertEquals("elements at most 32 deep", refusal(HEAD + "<record>" + deep + "</record>" + TAIL));
        parse(HEAD + "<x>".repeat(20) + "</x>".repeat(20) + RECORD + TAIL);
    }

    @Test
    void sizesAreBounded() {
        ReportLimits small = ReportLimits.DEFAULT.withSizes(1 << 20, 10_000, 50);
        assertEquals("more than 10000 octets of XML", refusal(HEAD + RECORD.repeat(40) + TAIL, small));
        assertEquals(
                "at most 50 records",
                refusal(HEAD + RECORD.repeat(51) + TAIL, ReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20, 50)));
        String giant = "a".repeat(70_000);
        for (String trick : List.of(
                HEAD.replace(">o<", ">" + giant + "<"),
                HEAD + "<x y='" + giant + "'/>",
                HEAD + "<!--" + giant + "-->",
                HEAD + "<?x " + giant + "?>",
                HEAD + "<x><![CDATA[" + giant + "]]></x>")) {
            assertEquals("more than 65536 octets of one text or tag", refusal(trick + RECORD + TAIL));
        }
        // These are over limits of the JDK's reader first.
        assertEquals("well-formed XML", refusal(HEAD + "<" + giant + "/>" + TAIL));
        assertEquals("well-formed XML", refusal(HEAD + "<x " + "b='1' ".repeat(20_000) + "/>" + TAIL));
    }

    @Test
    void textsAndListsAreCut() throws Exception {
        String long40 = "b".repeat(40_000);
        AggregateReport report = parse(HEAD.replace(">o<", ">  " + long40 + "<")
                + RECORD.replace(
                        "<auth_results>",
                        "<auth_results>" + "<dkim><domain>d</domain></dkim>".repeat(500) + "<dkim/>".repeat(500))
                + TAIL);
        assertEquals("b".repeat(2048), report.metadata().organization());
        assertEquals(100, report.rows().getFirst().dkim().size());
        assertTrue(report.faults().size() <= 20);
        assertTrue(report.faults().contains("more than 100 elements dkim"), report.faults()::toString);
    }

    /** As many rows as are asked for, without being anywhere. */
    private static final class Rows extends InputStream {
        private final byte[] row = RECORD.getBytes(StandardCharsets.UTF_8);
        private byte[] current = HEAD.getBytes(StandardCharsets.UTF_8);
        private int at;
        private long left;

        Rows(long rows) {
            left = rows;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == current.length) {
                if (left < 0) {
                    return -1;
                }
                current = left-- > 0 ? row : TAIL.getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int taken = Math.min(length, current.length - at);
            System.arraycopy(current, at, into, offset, taken);
            at += taken;
            return taken;
        }
    }

    @Test
    void aLargeReportTakesNoMoreMemoryThanASmallOne() throws Exception {
        long rows = 60_000; // 24 MB
        long[] seen = {0, 0, 0};
        AggregateReport.read(
                new Rows(rows), ReportLimits.DEFAULT.withSizes(1L << 30, 1L << 30, 10_000_000), new Counting() {
                    @Override
                    public void row(ReportRow row) {
                        seen[0]++;
                        if (seen[0] == 1000 || seen[0] == rows) {
                            seen[seen[0] == 1000 ? 1 : 2] = heap();
                        }
                    }
                });
        assertEquals(rows, seen[0]);
        assertTrue(seen[2] - seen[1] < 2 << 20, () -> (seen[2] - seen[1]) + " octets more at the end");
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void endlessRowsEnd() {
        assertThrows(
                SyntaxException.class,
                () -> AggregateReport.read(new Rows(Long.MAX_VALUE), ReportLimits.DEFAULT, new Counting()));
    }

    @Test
    void aStreamThatFailsIsNoBadReport() {
        InputStream start = new ByteArrayInputStream(HEAD.getBytes(StandardCharsets.UTF_8));
        InputStream broken = new SequenceInputStream(start, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        });
        IOException e = assertThrows(IOException.class, () -> AggregateReport.parse(broken, ReportLimits.DEFAULT));
        assertEquals("disk", e.getMessage());
    }

    /** Throws away what it gets. */
    private static class Counting implements AggregateReportVisitor {
        @Override
        public void metadata(ReportMetadata metadata) {}

        @Override
        public void policy(PublishedPolicy policy) {}

        @Override
        public void row(ReportRow row) {}
    }

    @Test
    void mutatedReportsAreReadOrRefused() throws Exception {
        List<byte[]> seeds = List.of(
                TestData.bytes("schema/dmarc-xml-0.2.xml"),
                TestData.bytes("feedback-mail-auth/005.xml"),
                TestData.bytes("extract_report/parsedmarc/nice-input.xml.gz"),
                TestData.bytes("aggregate/mail-dmarc/test_dmarc.xml.zip"));
        ReportMail mail = new ReportMail(ReportLimits.DEFAULT.withSizes(1 << 20, 1 << 20, 1000));
        Random random = new Random(815);
        int read = 0;
        for (int i = 0; i < 8000; i++) {
            byte[] octets = seeds.get(random.nextInt(seeds.size())).clone();
            for (int edits = random.nextInt(8); edits >= 0; edits--) {
                int at = random.nextInt(octets.length);
                octets[at] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "<>/&;\"' \0\n".charAt(random.nextInt(10)));
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(octets.length) : octets.length;
            try {
                mail.read(new ByteArrayInputStream(octets, 0, length), new Counting());
                read++;
            } catch (SyntaxException e) {
                assertTrue(e.offset() >= 0);
            }
        }
        assertTrue(read > 100, "hardly any report was read");
    }

    // RFC 9990 §3.1.1.5
    @Test
    void aRecordThatWasLookedUpIsReported() throws Exception {
        ZoneResolver zone =
                new ZoneResolver().txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=none; fo=1:d; adkim=s");
        DmarcLookup lookup = new DmarcVerifier(zone, DmarcLimits.DEFAULT).lookup(DnsName.parse("www.example.com"));
        assertEquals(
                new PublishedPolicy(
                        "example.com",
                        Optional.of(DiscoveryMethod.TREE_WALK),
                        Optional.of(DmarcPolicy.REJECT),
                        Optional.of(DmarcPolicy.NONE),
                        Optional.of(DmarcPolicy.NONE),
                        Optional.of(AlignmentMode.STRICT),
                        Optional.of(AlignmentMode.RELAXED),
                        Optional.of(false),
                        OptionalInt.of(100),
                        "1:d"),
                PublishedPolicy.of((DmarcLookup.Found) lookup, DmarcStandard.RFC9989));
    }

    @ParameterizedTest
    @EnumSource
    void withoutRowsThereIsNothingToWrite(ReportFormat format) throws Exception {
        AggregateReport empty = parse(HEAD + TAIL);
        assertEquals(List.of("no record"), empty.faults());
        assertThrows(
                IllegalStateException.class,
                () -> new AggregateReport(format, empty.metadata(), empty.policy(), List.of())
                        .write(new ByteArrayOutputStream()));
    }

    @Property(tries = 300)
    void whatIsWrittenIsValidAndReadAlike(@ForAll("reports") AggregateReport report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.write(out);
        AggregateSuitesTest.Schemas.validate(report.format(), out.toString(StandardCharsets.UTF_8));
        assertEquals(report, AggregateReport.parse(new ByteArrayInputStream(out.toByteArray()), ReportLimits.DEFAULT));
    }

    @Test
    void textThatXmlCantHaveIsReplaced() throws Exception {
        AggregateReport report = parse(HEAD + RECORD + TAIL);
        ReportMetadata odd = new ReportMetadata(
                "a\0b\ud800c\uffff]]>&\r\n",
                "<e>",
                "\ud83d\ude00",
                "1",
                Instant.EPOCH,
                Instant.EPOCH,
                List.of("x", "y"),
                "g");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AggregateReport(ReportFormat.RFC9990, odd, report.policy(), report.rows()).write(out);
        AggregateReport read = AggregateReport.parse(new ByteArrayInputStream(out.toByteArray()), ReportLimits.DEFAULT);
        assertEquals("a\ufffdb\ufffdc\ufffd]]>&", read.metadata().organization());
        assertEquals("<e>", read.metadata().email());
        assertEquals("\ud83d\ude00", read.metadata().contact());
        assertEquals(List.of("x; y"), read.metadata().errors());
    }

    @Provide
    Arbitrary<AggregateReport> reports() {
        Arbitrary<String> texts = Arbitraries.of("", "x", "a & <b>", "\u00fc\ud83d\ude00", "'\"", "one two");
        Arbitrary<String> domains = Arbitraries.of("example.com", "b\u00fccher.example");
        return Arbitraries.of(ReportFormat.class).flatMap(format -> {
            boolean modern = format == ReportFormat.RFC9990;
            Arbitrary<ReportMetadata> metadata = Combinators.combine(
                            texts, texts, texts, Arbitraries.longs().between(0, 1L << 33))
                    .as((one, two, three, time) -> new ReportMetadata(
                            one,
                            two,
                            three,
                            "id" + time,
                            Instant.ofEpochSecond(time),
                            Instant.ofEpochSecond(time + 86_399),
                            one.isEmpty() ? List.of() : modern ? List.of(one) : List.of(one, two + "."),
                            modern ? two : ""));
            Arbitrary<Optional<DmarcPolicy>> policies = modern
                    ? Arbitraries.of(DmarcPolicy.class).optional()
                    : Arbitraries.of(DmarcPolicy.class).map(Optional::of);
            Arbitrary<Optional<AlignmentMode>> modes =
                    Arbitraries.of(AlignmentMode.class).optional();
            Arbitrary<PublishedPolicy> policy = Combinators.combine(
                            domains,
                            Arbitraries.of(DmarcPolicy.class),
                            policies,
                            modes,
                            modes,
                            Arbitraries.integers().between(0, 100))
                    .as((domain, own, sp, adkim, aspf, number) -> new PublishedPolicy(
                            domain,
                            modern
                                    ? Optional.of(number % 2 == 0 ? DiscoveryMethod.PSL : DiscoveryMethod.TREE_WALK)
                                    : Optional.empty(),
                            Optional.of(own),
                            sp,
                            modern ? sp : Optional.empty(),
                            adkim,
                            aspf,
                            modern ? Optional.of(number > 50) : Optional.empty(),
                            modern ? OptionalInt.empty() : OptionalInt.of(number),
                            "0"));
            return Combinators.combine(
                            metadata,
                            policy,
                            rows(modern, texts, domains).list().ofMinSize(1).ofMaxSize(3))
                    .as((who, what, rows) -> new AggregateReport(format, who, what, rows));
        });
    }

    private static Arbitrary<ReportRow> rows(boolean modern, Arbitrary<String> texts, Arbitrary<String> domains) {
        Arbitrary<OverrideReason> reasons = Combinators.combine(
                        Arbitraries.of(OverrideType.class).filter(type -> switch (type) {
                            case FORWARDED, SAMPLED_OUT -> !modern;
                            case POLICY_TEST_MODE -> modern;
                            default -> true;
                        }),
                        texts)
                .as(OverrideReason::new);
        Arbitrary<DkimAuthResult> dkim = Combinators.combine(
                        domains,
                        Arbitraries.of(AuthenticationResult.class)
                                .filter(result -> result != AuthenticationResult.SOFTFAIL),
                        texts)
                .as((domain, result, text) -> new DkimAuthResult(domain, "s1", result, text));
        Arbitrary<SpfAuthResult> spf = Combinators.combine(
                        domains,
                        Arbitraries.of(SpfScope.class),
                        Arbitraries.of(AuthenticationResult.class)
                                .filter(result -> modern || result != AuthenticationResult.POLICY))
                .as((domain, scope, result) ->
                        new SpfAuthResult(domain, Optional.of(modern ? SpfScope.MAIL_FROM : scope), result, ""));
        return Combinators.combine(
                        Arbitraries.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"),
                        Arbitraries.longs().greaterOrEqual(0).lessOrEqual(Long.MAX_VALUE / 100),
                        Arbitraries.of(Disposition.class).filter(done -> modern || done != Disposition.PASS),
                        reasons.list().ofMaxSize(2),
                        texts,
                        domains,
                        dkim.list().ofMaxSize(2),
                        spf.list().ofMinSize(modern ? 0 : 1).ofMaxSize(modern ? 1 : 2))
                .as((ip, count, done, why, text, domain, signatures, results) -> new ReportRow(
                        ip,
                        count / 1000,
                        Optional.of(done),
                        count % 2 == 0,
                        count % 3 == 0,
                        why,
                        domain,
                        text,
                        domain,
                        signatures,
                        results));
    }
}
