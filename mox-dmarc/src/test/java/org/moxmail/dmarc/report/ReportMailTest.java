package org.moxmail.dmarc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
import org.moxmail.dmarc.TestData;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;

class ReportMailTest {
    private static final ReportMail MAIL = new ReportMail(ReportLimits.DEFAULT);

    private static byte[] xml() throws IOException {
        return TestData.bytes("schema/dmarc-xml-0.2.xml");
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    private static byte[] zip(byte[]... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            int number = 0;
            for (byte[] file : files) {
                zip.putNextEntry(new ZipEntry("file" + number++ + ".xml"));
                zip.write(file);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static MessageContent mail(String contentType, byte[] body) {
        String text = """
                From: dmarc@receiver.example
                Subject: Report Domain: example.com Submitter: receiver.example
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: text/plain

                This is a report. <feedback> follows.
                --outer
                Content-Type: multipart/related; boundary=inner

                --inner
                Content-Type: text/html

                <feedback>not here</feedback>
                --inner
                Content-Type: %s
                Content-Disposition: attachment; filename="receiver.example!example.com!302832000!302918399.xml.gz"
                Content-Transfer-Encoding: base64

                %s
                --inner--
                --outer--
                """.formatted(contentType, Base64.getMimeEncoder().encodeToString(body));
        return MessageContent.of(
                text.replace("\n", "\r\n").replace("\r\r", "\r").getBytes(StandardCharsets.US_ASCII));
    }

    private static String refusal(byte[] body) {
        return assertThrows(SyntaxException.class, () -> MAIL.parse(mail("application/octet-stream", body)))
                .expected();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/zip",
                "application/gzip",
                "application/x-gzip",
                "application/x-zip-compressed",
                "application/octet-stream",
                "application/xml",
                "text/xml",
                "text/plain"
            })
    void whatAPartIsIsToldByItsOctets(String type) throws Exception {
        for (byte[] body : new byte[][] {xml(), gzip(xml()), zip(xml())}) {
            MessageContent message = mail(type, body);
            assertEquals(123, MAIL.parse(message).rows().getFirst().count());
            assertEquals(
                    Optional.of(ReportFilename.parse("receiver.example!example.com!302832000!302918399.xml.gz")),
                    MAIL.filename(message, MessageParser.parse(message)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "message/rfc822"})
    void otherPartsAreNotLookedInto(String type) {
        assertEquals(
                "a part with a report",
                assertThrows(SyntaxException.class, () -> MAIL.parse(mail(type, xml())))
                        .expected());
    }

    @Test
    void aMessageMayBeTheReport() throws Exception {
        String text = "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(gzip(xml()));
        MessageContent message = MessageContent.of(text.getBytes(StandardCharsets.US_ASCII));
        assertEquals(1, MAIL.parse(message).rows().size());
        String plain = "Subject: x\r\n\r\n" + new String(xml(), StandardCharsets.US_ASCII);
        assertEquals(
                1,
                MAIL.parse(MessageContent.of(plain.getBytes(StandardCharsets.US_ASCII)))
                        .rows()
                        .size());
    }

    @Test
    void aMessageMayHaveNoReport() {
        MessageContent message = MessageContent.of("Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(SyntaxException.class, () -> MAIL.parse(message));
    }

    // RFC 9990 §8.1
    @Test
    void bombsDoNotGoOff() throws Exception {
        byte[] rows = "<a>b</a>".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write("<feedback>".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 40; i++) {
            bomb.write(rows); // 32 MB of XML
        }
        assertEquals("more than 20971520 octets of XML", refusal(gzip(bomb.toByteArray())));
        assertEquals("more than 20971520 octets of XML", refusal(zip(bomb.toByteArray())));
        // Octets behind the end of the document are not decompressed without end either.
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        behind.write(xml());
        behind.write(" ".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                1,
                MAIL.parse(mail("application/zip", zip(behind.toByteArray())))
                        .rows()
                        .size());
        byte[] blanks = new byte[50 << 20];
        java.util.Arrays.fill(blanks, (byte) ' ');
        behind.write(blanks);
        assertEquals("more than 65536 octets of one text or tag", refusal(zip(behind.toByteArray())));
    }

    @Test
    void theAttachmentIsBounded() throws Exception {
        ReportMail small = new ReportMail(ReportLimits.DEFAULT.withSizes(300, 1 << 20, 10));
        assertEquals(
                "more than 300 octets of attachment",
                assertThrows(SyntaxException.class, () -> small.parse(mail("text/xml", xml())))
                        .expected());
    }

    @Test
    void aZipFileHasOneFile() throws Exception {
        assertEquals("a zip file with one file", refusal(zip(xml(), xml())));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("directory/"));
        }
        assertEquals("a zip file with a file", refusal(out.toByteArray()));
    }

    @Test
    void brokenArchivesAreNoReports() throws Exception {
        for (byte[] whole : new byte[][] {gzip(xml()), zip(xml())}) {
            for (int length = 4; length < whole.length - 150; length += 7) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                assertThrows(SyntaxException.class, () -> MAIL.parse(mail("application/zip", cut)));
            }
        }
        // A name of an entry that is no UTF-8.
        byte[] odd = zip(xml());
        odd[30] = (byte) 0xff;
        odd[31] = (byte) 0xff;
        assertThrows(SyntaxException.class, () -> MAIL.parse(mail("application/zip", odd)));
    }

    // RFC 9990 §3.5.2
    @Test
    void theFilenameOfTheStandard() throws Exception {
        String text = "mail.receiver.example!example.com!1013662812!1013749130.xml.gz";
        ReportFilename name = ReportFilename.parse(text);
        assertEquals(
                new ReportFilename(
                        DnsName.parse("mail.receiver.example"),
                        DnsName.parse("example.com"),
                        Instant.ofEpochSecond(1013662812),
                        Instant.ofEpochSecond(1013749130),
                        "",
                        ReportFilename.XML_GZ),
                name);
        assertEquals(text, name.print());
        assertEquals(
                "zip", ReportFilename.parse("a.example!b.example!1!2!Id7.ZIP").extension());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".xml",
                "report.xml",
                "a.example!b.example!1.xml",
                "a.example!b.example!1!2!3!4.xml",
                "a.example!b.example!1!2!.xml",
                "a.example!b.example!1!2!a-b.xml",
                "a.example!b.example!-1!2.xml",
                "a.example!b.example!!2.xml",
                "a.example!b.example!99999999999999!2.xml",
                "a example!b.example!1!2.xml",
                "a.example!../../etc!1!2.xml",
                "a.example!b.example!1!2.exe",
                "a.example!b.example!1!2"
            })
    void otherFilenames(String text) {
        assertThrows(SyntaxException.class, () -> ReportFilename.parse(text));
    }

    // RFC 9990 §3.5.2
    @ParameterizedTest
    @CsvSource({
        "Report Domain: example.com\\r\\n    Submitter: mail.receiver.example\\r\\n    Report-ID: <sample-ridtxt@example.com>,"
                + " sample-ridtxt@example.com",
        "report domain: EXAMPLE.com submitter: mail.receiver.example report-id: x.1, x.1",
        "Report domain:example.com Submitter:mail.receiver.example Report-ID:<x>, x",
        "Report Domain: example.com Submitter: mail.receiver.example, ''"
    })
    void subjectsOfReports(String text, String id) throws Exception {
        assertEquals(
                new ReportSubject(DnsName.parse("example.com"), DnsName.parse("mail.receiver.example"), id),
                ReportSubject.parse(text.replace("\\r\\n", "\r\n")));
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
        assertThrows(SyntaxException.class, () -> ReportSubject.parse(text));
    }

    @Property(tries = 200)
    void namesAndSubjectsAreReadAsTheyArePrinted(
            @ForAll("domains") DnsName one, @ForAll("domains") DnsName other, @ForAll("ids") String id)
            throws Exception {
        ReportFilename name = new ReportFilename(
                one,
                other,
                Instant.ofEpochSecond(id.length()),
                Instant.ofEpochSecond(1L << 33),
                id,
                ReportFilename.XML);
        assertEquals(name, ReportFilename.parse(name.print()));
        ReportSubject subject = new ReportSubject(one, other, id.isEmpty() ? "" : id + "@" + one.ascii());
        assertEquals(subject, ReportSubject.parse(subject.print()));
    }

    @Property(tries = 1000)
    void anyNameOrSubjectIsReadOrRefused(@ForAll("texts") String text) {
        try {
            ReportFilename.parse(text);
        } catch (SyntaxException e) {
            assertTrue(e.offset() >= 0);
        }
        try {
            ReportSubject.parse(text);
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
                        ".xml",
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
                        "zz",
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
        return Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(10),
                        Arbitraries.of("example", "b\u00fccher.example", "co.uk"))
                .as((label, rest) -> {
                    try {
                        return DnsName.parse(label + "." + rest);
                    } catch (SyntaxException e) {
                        throw new IllegalStateException(label, e);
                    }
                });
    }
}
