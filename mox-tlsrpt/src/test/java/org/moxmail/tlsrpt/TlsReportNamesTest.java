package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

class TlsReportNamesTest {
    /** RFC 8460 §5.1. */
    @Test
    void theFilenameOfTheStandard() throws Exception {
        String text = "mail.sndr.example.com!example.net!1470013207!1470186007!001.json.gz";
        TlsReportFilename name = TlsReportFilename.parse(text);
        assertEquals(
                new TlsReportFilename(
                        DnsName.parse("mail.sndr.example.com"),
                        DnsName.parse("example.net"),
                        Instant.ofEpochSecond(1470013207),
                        Instant.ofEpochSecond(1470186007),
                        "001",
                        TlsReportFilename.JSON_GZ),
                name);
        assertEquals(text, name.print());
        assertEquals(
                "json", TlsReportFilename.parse("a.example!b.example!1!2.JSON").extension());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".json",
                "report.json",
                "a.example!b.example!1.json",
                "a.example!b.example!1!2!3!4.json",
                "a.example!b.example!1!2!.json",
                "a.example!b.example!1!2!a-b.json",
                "a.example!b.example!-1!2.json",
                "a.example!b.example!!2.json",
                "a.example!b.example!99999999999999!2.json",
                "a example!b.example!1!2.json",
                "a.example!../../etc!1!2.json",
                "a.example!b.example!1!2.xml",
                "a.example!b.example!1!2"
            })
    void otherFilenames(String text) {
        assertThrows(SyntaxException.class, () -> TlsReportFilename.parse(text));
    }

    /** RFC 8460 §5.3; the first is the standard's. */
    @ParameterizedTest
    @CsvSource({
        "Report Domain: example.net\\r\\n    Submitter: mail.sender.example.com\\r\\n"
                + "    Report-ID: <735ff.e317+bf22029@mailexample.net>, 735ff.e317+bf22029@mailexample.net",
        "report domain: EXAMPLE.net submitter: mail.sender.example.com report-id: x.1, x.1",
        "Report domain:example.net Submitter:mail.sender.example.com Report-ID:<x>, x",
        "Report Domain: example.net Submitter: mail.sender.example.com, ''"
    })
    void subjectsOfReports(String text, String id) throws Exception {
        assertEquals(
                new TlsReportSubject(DnsName.parse("example.net"), DnsName.parse("mail.sender.example.com"), id),
                TlsReportSubject.parse(text.replace("\\r\\n", "\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Report",
                "Report Domain:",
                "Report Domain: a..b Submitter: c.example",
                "Report Domain: a.example Submitter:",
                "Report Domain: a.example Submitter: b.example Report-ID:",
                "Report Domain: a.example Submitter: b.example Report-ID: <>",
                "Report Domain: a.example Submitter: b.example Report-ID: <a b>",
                "Report Domain: a.example Submitter: b.example Report-ID: a\u00fc",
                "Re: Report Domain: a.example Submitter: b.example"
            })
    void otherSubjects(String text) {
        assertThrows(SyntaxException.class, () -> TlsReportSubject.parse(text));
    }

    @Property
    void namesAndSubjectsAreReadAsTheyArePrinted(
            @ForAll("domains") DnsName one, @ForAll("domains") DnsName other, @ForAll("ids") String id)
            throws Exception {
        TlsReportFilename name = new TlsReportFilename(
                one, other, Instant.ofEpochSecond(id.length()), Instant.ofEpochSecond(1L << 33), id, "json.gz");
        assertEquals(name, TlsReportFilename.parse(name.print()));
        TlsReportSubject subject = TlsReportSubject.of(one, other, id + "@" + one.ascii());
        assertEquals(subject, TlsReportSubject.parse(subject.print()));
    }

    @Property(tries = 3000)
    void anyNameOrSubjectIsReadOrRefused(@ForAll("texts") String text) {
        try {
            TlsReportFilename.parse(text);
        } catch (SyntaxException e) {
            assertTrue(e.offset() >= 0);
        }
        try {
            TlsReportSubject.parse(text);
        } catch (SyntaxException e) {
            assertTrue(e.offset() >= 0);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "!",
                        "a.example",
                        "1",
                        ".json",
                        ".gz",
                        "Report",
                        " ",
                        "Domain:",
                        "Submitter:",
                        "Report-ID:",
                        "<",
                        ">",
                        "\u00fc",
                        "\0",
                        "Report Domain: a.example Submitter: b.example ")
                .list()
                .ofMaxSize(12)
                .map(words -> String.join("", words));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().alpha().numeric().ofMaxLength(20);
    }

    @Provide
    Arbitrary<DnsName> domains() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(10)
                .map(label -> {
                    try {
                        return DnsName.parse(label + ".b\u00fccher.example");
                    } catch (SyntaxException e) {
                        throw new IllegalStateException(label, e);
                    }
                });
    }
}
