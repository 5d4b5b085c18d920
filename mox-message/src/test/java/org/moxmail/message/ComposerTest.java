package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.testing.Mutations;

final class ComposerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-03T08:05:07Z"));
    private static final ComposeOptions UTF8 = new ComposeOptions(true, true, Long.MAX_VALUE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Composer composer(ComposeOptions options) {
        out.reset();
        return new Composer(out, options, CLOCK, Mutations.random(1));
    }

    private static NamedAddress address(String name, String address) {
        try {
            return new NamedAddress(name, Address.parse(address));
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HeaderFields fields() {
        return HeaderFields.parse(out.toByteArray());
    }

    private void checkLines(boolean ascii) {
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertTrue(!text.replace("\r\n", "").matches("(?s).*[\r\n].*"), text);
        for (String line : text.split("\r\n", -1)) {
            assertTrue(line.length() <= 998, line);
            assertTrue(!ascii || HeaderFields.isAscii(line), line);
        }
    }

    @Test
    void aWholeMessageIsComposed() throws Exception {
        Composer composer = composer(ComposeOptions.SEVEN_BIT);
        composer.from(address("Jürgen", "j@bücher.example"));
        composer.addresses("To", List.of(address("", "a@b.example"), address("B, C", "c@d.example")));
        composer.subject("Grüße");
        composer.date();
        composer.messageId(DnsName.parse("x.example"));
        composer.multipart("mixed", parts -> {
            parts.text("plain", "hello\n");
            parts.attachment("image/png", "ü.png", new ByteArrayInputStream(new byte[] {1, 2, 3}));
        });
        assertEquals(
                """
                From: =?utf-8?q?J=C3=BCrgen?= <j@xn--bcher-kva.example>
                To: a@b.example, "B, C" <c@d.example>
                Subject: =?utf-8?b?R3LDvMOfZQ==?=
                Date: Tue, 3 Mar 2026 08:05:07 +0000
                Message-ID: <%1$s@x.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="=_%2$s"

                --=_%2$s
                Content-Type: text/plain; charset=us-ascii
                Content-Transfer-Encoding: 7bit

                hello

                --=_%2$s
                Content-Type: image/png
                Content-Disposition: attachment; filename*=utf-8''%%C3%%BC.png
                Content-Transfer-Encoding: base64

                AQID
                --=_%2$s--
                """.formatted(
                                fields().first("Message-ID").orElse("").substring(1, 33),
                                MessageParser.parse(out.toByteArray())
                                        .parameter("boundary")
                                        .orElse("")
                                        .substring(2))
                        .replace("\n", "\r\n"),
                out.toString(StandardCharsets.UTF_8));
        assertEquals(out.size(), composer.size());
        assertEquals(false, composer.eightBit());
    }

    @Provide
    Arbitrary<String> words() {
        Arbitrary<String> tokens = Arbitraries.of(
                "a",
                "word",
                " ",
                " ",
                "  ",
                "é",
                "漢字",
                "😀",
                "=?",
                "?=",
                "=?utf-8?q?x?=",
                "\"",
                "\\",
                ",",
                "<",
                "@",
                "(",
                ".",
                "x".repeat(80),
                "ü".repeat(60),
                "y".repeat(1200),
                "\t",
                ";",
                "=",
                "'",
                "%",
                "*");
        return tokens.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property(tries = 1000)
    void unstructuredTextComesBack(@ForAll("words") String text, @ForAll boolean utf8) throws IOException {
        composer(utf8 ? UTF8 : ComposeOptions.SEVEN_BIT).field("Subject", text);
        checkLines(!utf8);
        assertEquals(text, fields().fields().get(0).text());
    }

    @Property(tries = 1000)
    void namesAndAddressesComeBack(@ForAll("words") String name, @ForAll("words") String other, @ForAll boolean utf8)
            throws IOException, SyntaxException {
        List<NamedAddress> addresses = List.of(
                address(name, "\"a b\"@b.example"), address(other, "c@d.example"), address(name, "e@f.example"));
        composer(utf8 ? UTF8 : ComposeOptions.SEVEN_BIT).addresses("To", addresses);
        checkLines(!utf8);
        AddressList list = AddressList.parse(fields().first("to").orElse(""));
        assertEquals(addresses.stream().map(NamedAddress::address).toList(), list.addresses());
        assertEquals(
                addresses.stream().map(NamedAddress::name).toList(),
                list.mailboxes().stream()
                        .map(entry -> EncodedWords.decode(Objects.requireNonNullElse(entry.name(), "")))
                        .toList());
    }

    @Property(tries = 1000)
    void parametersComeBack(@ForAll("words") String value, @ForAll boolean utf8) throws IOException {
        Composer composer = composer(utf8 ? UTF8 : ComposeOptions.SEVEN_BIT);
        composer.body()
                .octets(
                        "application/octet-stream",
                        List.of(new Parameter("name", value)),
                        "attachment",
                        List.of(new Parameter("filename", value)),
                        new ByteArrayInputStream(new byte[0]));
        checkLines(!utf8);
        Part part = MessageParser.parse(out.toByteArray());
        assertEquals(value, part.parameter("name").orElse("none"));
        assertEquals(value, part.dispositionParameter("filename").orElse("none"));
    }

    @Property(tries = 500)
    void textComesBack(@ForAll("words") String text, @ForAll boolean eightBit, @ForAll boolean inMultipart)
            throws IOException {
        String lines = text.replace("\t", "\n") + "\nFrom here";
        Composer composer = composer(new ComposeOptions(false, eightBit, Long.MAX_VALUE));
        composer.subject("x");
        if (inMultipart) {
            composer.multipart("mixed", parts -> parts.text("plain", lines));
        } else {
            composer.text(lines);
        }
        checkLines(!eightBit);
        Part part = MessageParser.parse(out.toByteArray());
        Part leaf = inMultipart ? part.parts().get(0) : part;
        try (var reader = PartBody.text(MessageContent.of(out.toByteArray()), leaf)) {
            java.io.StringWriter read = new java.io.StringWriter();
            reader.transferTo(read);
            assertEquals(lines.replace("\n", "\r\n") + (inMultipart ? "" : "\r\n"), read.toString());
        }
        assertTrue(!out.toString(StandardCharsets.UTF_8).contains("\r\nFrom "));
    }

    @Test
    void multipartsNestAndStreamsPassThrough() throws IOException {
        byte[] octets = new byte[100_000];
        Mutations.random(3).nextBytes(octets);
        byte[] embedded = "Subject: é\r\n\r\nhi\r\n".getBytes(StandardCharsets.UTF_8);
        composer(ComposeOptions.SEVEN_BIT).multipart("mixed", parts -> {
            parts.multipart("alternative", List.of(), alternatives -> {
                alternatives.text("plain", "é");
                alternatives.text("html", "<p>é</p>");
            });
            parts.attachment("application/octet-stream", "x", new ByteArrayInputStream(octets));
            parts.identity("message/rfc822", List.of(), true, new ByteArrayInputStream(embedded));
        });
        byte[] message = out.toByteArray();
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(message, 0, message.length);
        Part part = parser.finish();
        assertEquals(java.util.Set.of(), parser.defects());
        assertEquals(2, part.parts().get(0).parts().size());
        try (var body = PartBody.decoded(
                        MessageContent.of(message), part.parts().get(1))
                .orElseThrow()) {
            assertArrayEquals(octets, body.readAllBytes());
        }
        Part inner = Objects.requireNonNull(part.parts().get(2).message());
        assertEquals("é", Objects.requireNonNull(inner.envelope()).subject());
        assertTrue(part.parts().stream().noneMatch(p -> p.endOffset() > message.length));
    }

    @Test
    void sizeIsLimited() throws IOException {
        Composer exact = composer(new ComposeOptions(false, false, 12));
        exact.field("Subject", "x");
        assertThrows(MessageTooLargeException.class, () -> exact.field("A", "b"));
        assertEquals("Subject: x\r\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatCantBeWrittenIsRefused() {
        Composer composer = composer(ComposeOptions.SEVEN_BIT);
        assertThrows(IllegalArgumentException.class, () -> composer.from(address("", "ü@b.example")));
        assertThrows(
                IllegalArgumentException.class, () -> composer.structured("To", "a@b.example\r\nBcc: c@d.example"));
        assertThrows(IllegalArgumentException.class, () -> composer.field("Sub ject", "x"));
        assertThrows(IllegalArgumentException.class, () -> composer.field("", "x"));
        assertThrows(IllegalStateException.class, () -> composer.multipart("mixed", parts -> {}));
        assertThrows(IllegalStateException.class, () -> composer.subject("too late"));
    }

    @Test
    void lineEndsInUnstructuredTextMakeNoFields() throws IOException {
        composer(ComposeOptions.SEVEN_BIT).subject("x\r\nBcc: evil@example.org");
        assertEquals(1, fields().fields().size());
        assertEquals("x\r\nBcc: evil@example.org", fields().fields().get(0).text());
    }
}
