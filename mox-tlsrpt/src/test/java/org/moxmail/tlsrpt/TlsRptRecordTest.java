package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
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
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.Address;

class TlsRptRecordTest {
    private static TlsReportUri uri(String text) {
        return new TlsReportUri(text);
    }

    /** RFC 8460 §3.1 and appendix A, which print the text in two lines. */
    @Test
    void theExamplesOfTheStandardAreRead() throws Exception {
        TlsRptRecord mail = TlsRptRecord.parse("v=TLSRPTv1;rua=mailto:reports@example.com");
        assertEquals(new TlsRptRecord(uri("mailto:reports@example.com")), mail);
        assertEquals(
                Optional.of(Address.parse("reports@example.com")),
                mail.reportUris().getFirst().address());
        TlsRptRecord post =
                TlsRptRecord.parse("v=TLSRPTv1;                    rua=https://reporting.example.com/v1/tlsrpt");
        assertEquals(new TlsRptRecord(uri("https://reporting.example.com/v1/tlsrpt")), post);
        assertTrue(post.reportUris().getFirst().isHttps());
        assertFalse(post.reportUris().getFirst().isMailto());
        assertEquals("v=TLSRPTv1; rua=mailto:reports@example.com", mail.print());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=TLSRPTv1;rua=mailto:a@b.example,https://b.example/x|2|0",
                "v=TLSRPTv1 ; rua=mailto:a@b.example \t,\t mailto:c@d.example ;|2|0",
                "v=TLSRPTv1;rua=mailto:a@b.example;rua=https://b.example|2|0",
                "v=TLSRPTv1;x=y;rua=mailto:a@b.example;Ext.1_-=!~:/|1|2",
                "v=TLSRPTv1;rua=mailto:a@b.example;RUA=other;v=TLSRPTv2|1|2",
                "v=TLSRPTv1;rua=mailto:a%2Cb%21%3B@b.example|1|0",
                "v=TLSRPTv1;rua=urn:a:b|1|0",
                "v=TLSRPTv1;rua=mailto:a@b.example;a2345678901234567890123456789012=x|1|1"
            })
    void whatTheGrammarAllowsIsRead(String text, int uris, int extensions) throws Exception {
        TlsRptRecord record = TlsRptRecord.parse(text);
        assertEquals(uris, record.reportUris().size());
        assertEquals(extensions, record.extensions().size());
        assertEquals(record, TlsRptRecord.parse(record.print()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|0",
                "v=TLSRPTv1|0",
                "v=tlsrptv1; rua=mailto:a@b.example|0",
                "v=TLSRPTv2; rua=mailto:a@b.example|0",
                "v=TLSRPTv1x; rua=mailto:a@b.example|0",
                "V=TLSRPTv1; rua=mailto:a@b.example|0",
                "\" v=TLSRPTv1; rua=mailto:a@b.example\"|0",
                "v=TLSRPTv1;|11",
                "v=TLSRPTv1; x=y|15",
                "v=TLSRPTv1; rua=|16",
                "v=TLSRPTv1; rua=a@b.example|16",
                "v=TLSRPTv1; rua =mailto:a@b.example|12",
                "v=TLSRPTv1; rua= mailto:a@b.example|16",
                "v=TLSRPTv1; rua=mailto:|16",
                "v=TLSRPTv1; rua=mailto:a@b.example,|35",
                "v=TLSRPTv1; rua=mailto:a@b.example,,mailto:c@d.example|35",
                "v=TLSRPTv1; rua=mailto:a@b.example!10m|34",
                "v=TLSRPTv1; rua=mailto:a b@b.example|24",
                "v=TLSRPTv1; rua=mailto:%zz@b.example|23",
                "v=TLSRPTv1; rua=mailto:a@b.example;; x=y|35",
                "v=TLSRPTv1;; rua=mailto:a@b.example|11",
                "v=TLSRPTv1; rua=mailto:a@b.example; x|36",
                "v=TLSRPTv1; rua=mailto:a@b.example; x=|38",
                "v=TLSRPTv1; rua=mailto:a@b.example; x=y=z|38",
                "v=TLSRPTv1; rua=mailto:a@b.example; x=a b|38",
                "v=TLSRPTv1; rua=mailto:a@b.example; -x=a|36",
                "v=TLSRPTv1; rua=mailto:a@b.example; a23456789012345678901234567890123=x|36"
            })
    void whatItDoesNotIsRefusedAndToldWhere(String text, int offset) {
        assertEquals(
                offset,
                assertThrows(SyntaxException.class, () -> TlsRptRecord.parse(text))
                        .offset());
    }

    @Test
    void blanksAtTheEndBelongToNoDelimiter() {
        assertThrows(SyntaxException.class, () -> TlsRptRecord.parse("v=TLSRPTv1; rua=mailto:a@b.example "));
    }

    @Test
    void aLargeRecordIsRead() throws Exception {
        String uris = "mailto:a@b.example,".repeat(3000);
        assertEquals(
                3001,
                TlsRptRecord.parse("v=TLSRPTv1; rua=" + uris + "mailto:c@d.example")
                        .reportUris()
                        .size());
        SyntaxException refused =
                assertThrows(SyntaxException.class, () -> TlsRptRecord.parse("v=TLSRPTv1" + "; ".repeat(30_000)));
        assertEquals(12, refused.offset());
    }

    @ParameterizedTest
    @CsvSource({
        "mailto:a@b.example, a@b.example",
        "MAILTO:a%2Bb@b.example?subject=x, a+b@b.example",
        "mailto:%C3%BC@b%C3%BC.example, ü@bü.example",
        "mailto:a%21%3B%2C@b.example, ''",
        "https://b.example/, ''",
        "mailto:nobody, ''"
    })
    void mailboxesOfUris(String text, String address) throws Exception {
        Optional<Address> expected = address.isEmpty() ? Optional.empty() : Optional.of(Address.parse(address));
        assertEquals(expected, TlsReportUri.parse(text).address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.example", "o'neill+x@b.example", "\"a,b;c!d\"@b.example", "ü@bü.example"})
    void anyMailboxHasAUri(String address) throws Exception {
        TlsReportUri uri = TlsReportUri.mailto(Address.parse(address));
        assertEquals(
                Optional.of(Address.parse(address)),
                TlsReportUri.parse(uri.print()).address());
        assertEquals(
                uri,
                TlsRptRecord.parse(new TlsRptRecord(uri).print()).reportUris().getFirst());
    }

    @ParameterizedTest
    @CsvSource({"http://b.example, false", "https://, false", "HTTPS://b.example, true", "https:b, false"})
    void whereReportsArePosted(String text, boolean https) {
        assertEquals(https, uri(text).isHttps());
    }

    @Test
    void onlyValidRecordsExist() {
        assertThrows(IllegalArgumentException.class, () -> new TlsRptRecord());
        assertThrows(IllegalArgumentException.class, () -> uri("mailto:a,b@c.example"));
        assertThrows(IllegalArgumentException.class, () -> new Extension("rua", "x"));
        assertThrows(IllegalArgumentException.class, () -> new Extension("x", "a;b"));
        assertThrows(IllegalArgumentException.class, () -> new Extension("x", ""));
    }

    private static TlsRptOutcome lookup(ZoneResolver zone) throws Exception {
        return TlsRptOutcome.lookup(zone, DnsName.parse("example.com"));
    }

    @Test
    void outcomesOfALookup() throws Exception {
        String name = "_smtp._tls.example.com";
        String good = "v=TLSRPTv1; rua=mailto:a@b.example";
        TlsRptOutcome found = lookup(new ZoneResolver().txt(name, good).txt(name, "v=spf1 -all"));
        assertEquals(TlsRptStatus.FOUND, found.status());
        assertEquals(good, found.record().orElseThrow().print());
        assertEquals("", found.reason());
        assertEquals(TlsRptStatus.NONE, lookup(new ZoneResolver()).status());
        assertEquals(
                TlsRptStatus.NONE,
                lookup(new ZoneResolver().txt(name, "v=TLSRPTv2; rua=mailto:a@b.example"))
                        .status());
        assertEquals(
                TlsRptStatus.NONE,
                lookup(new ZoneResolver().txt("_smtp._tls.com", good)).status());
        TlsRptOutcome several =
                lookup(new ZoneResolver().txt(name, good).txt(name, "v=TLSRPTv1; rua=mailto:c@b.example"));
        assertEquals(TlsRptStatus.MULTIPLE, several.status());
        assertEquals("2 records", several.reason());
        TlsRptOutcome broken = lookup(new ZoneResolver().txt(name, "v=TLSRPTv1; rua=a@b.example"));
        assertEquals(TlsRptStatus.PERMERROR, broken.status());
        assertTrue(broken.reason().contains("an absolute URI"), broken.reason());
        assertEquals(
                TlsRptStatus.TEMPERROR,
                lookup(new ZoneResolver().fail(name, RecordType.TXT, DnsFailure.SERVFAIL))
                        .status());
        String label = "a".repeat(60);
        DnsName longest = DnsName.parse(label + "." + label + "." + label + "." + label);
        assertEquals(
                TlsRptStatus.NONE,
                TlsRptOutcome.lookup(new ZoneResolver(), longest).status());
    }

    @Property
    void whatIsPrintedIsRead(@ForAll("records") TlsRptRecord record) throws Exception {
        assertEquals(record, TlsRptRecord.parse(record.print()));
    }

    @Property(tries = 5000)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) throws Exception {
        try {
            TlsRptRecord record = TlsRptRecord.parse(text);
            assertEquals(record, TlsRptRecord.parse(record.print()));
        } catch (SyntaxException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= text.length(), text);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "rua=",
                        "mailto:",
                        "a@b.example",
                        ";",
                        ",",
                        " ",
                        "\t",
                        "!",
                        "%2C",
                        "%",
                        "=",
                        "x",
                        "https://",
                        "é")
                .list()
                .ofMaxSize(12)
                .map(words -> "v=TLSRPTv1;" + String.join("", words));
    }

    @Provide
    Arbitrary<TlsRptRecord> records() {
        Arbitrary<TlsReportUri> uri = Arbitraries.strings()
                .withChars("abc@./?=%")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(text -> uri("mailto:" + text.replace("%", "%2C")));
        Arbitrary<Extension> extension = Combinators.combine(
                        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(32),
                        Arbitraries.strings()
                                .withCharRange('!', '<')
                                .excludeChars(';')
                                .ofMinLength(1)
                                .ofMaxLength(20))
                .as((name, value) -> new Extension(name.equals("rua") ? "x" : name, value));
        return Combinators.combine(
                        uri.list().ofMinSize(1).ofMaxSize(4), extension.list().ofMaxSize(3))
                .as(TlsRptRecord::new);
    }

    @Test
    void extensionsAreKeptInOrder() throws Exception {
        assertEquals(
                List.of(new Extension("b", "1"), new Extension("a", "2")),
                TlsRptRecord.parse("v=TLSRPTv1; b=1; rua=mailto:a@b.example; a=2")
                        .extensions());
    }
}
