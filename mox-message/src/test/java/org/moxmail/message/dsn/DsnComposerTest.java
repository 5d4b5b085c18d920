package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;
import org.moxmail.message.testing.Mutations;

final class DsnComposerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-03T08:05:07Z"));
    private static final ComposeOptions UTF8 = new ComposeOptions(true, true, Long.MAX_VALUE);
    private static final ComposeOptions EIGHT_BIT = new ComposeOptions(false, true, Long.MAX_VALUE);
    private static final String ASCII_HEADER = "Subject: Hello\r\nMessage-ID: <1@a.example>\r\n";
    private static final String UTF8_HEADER = "Subject: Grüße\r\nMessage-ID: <1@a.example>\r\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static DeliveryStatus status(DsnAction action, String address) {
        return DeliveryStatus.builder(MtaName.dns("mx.example.org"))
                .originalEnvelopeId("QQ314159")
                .receivedFromMta(MtaName.dns("client.example").withComment("192.0.2.1"))
                .arrivalDate(OffsetDateTime.parse("2026-03-01T08:00:00Z"))
                .recipient(DsnRecipient.builder(new DsnAddress("utf-8", address), action, action.undefinedStatus())
                        .remoteMta(MtaName.dns("mx.example.net"))
                        .diagnosticCode(DiagnosticCode.smtp("550 5.1.1 no such user"))
                        .build())
                .build();
    }

    private static DsnComposer dsn(DeliveryStatus status) throws SyntaxException {
        return new DsnComposer(
                new NamedAddress("Postmaster", Address.parse("postmaster@example.org")),
                Address.parse("ann@example.com"),
                status);
    }

    private Dsn write(DsnComposer composer, ComposeOptions options) throws IOException, SyntaxException {
        out.reset();
        composer.write(new Composer(out, options, CLOCK, Mutations.random(1)));
        // As strict as can be.
        return new DsnReader(DsnLimits.DEFAULT, Set.of()).parse(content());
    }

    private MessageContent content() {
        return MessageContent.of(out.toByteArray());
    }

    private static MessageContent message(String text) {
        return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void eachActionIsToldAndReadsAsItWas(DsnAction action) throws Exception {
        DeliveryStatus status = status(action, "joe@example.net");
        Dsn dsn = write(dsn(status), ComposeOptions.SEVEN_BIT);
        assertEquals(status, dsn.status());
        assertTrue(dsn.returned().isEmpty());
        Part words = dsn.explanation().orElseThrow();
        String text = new String(PartBody.raw(content(), words).readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("joe@example.net"), text);
        assertTrue(text.contains("mx.example.net said: 550 5.1.1 no such user"), text);
    }

    @Test
    void theHeaderIsThatOfAnAnswer() throws Exception {
        MessageContent original = message("Subject: Hello\r\nMessage-ID: <C@a.example> (x)\r\n"
                + "References: <A@a.example>\r\n <b@a.example>\r\n\r\ntext\r\n");
        write(dsn(status(DsnAction.FAILED, "joe@example.net")).original(original, DsnComposer.Return.NOTHING), UTF8);
        HeaderFields header = HeaderFields.parse(out.toByteArray());
        assertEquals("Postmaster <postmaster@example.org>", header.first("From").orElse(""));
        assertEquals("ann@example.com", header.first("To").orElse(""));
        assertEquals("Mail delivery failed", header.first("Subject").orElse(""));
        assertEquals("Tue, 3 Mar 2026 08:05:07 +0000", header.first("Date").orElse(""));
        assertEquals("auto-replied", header.first("Auto-Submitted").orElse(""));
        assertEquals("<C@a.example>", header.first("In-Reply-To").orElse(""));
        assertEquals(
                "<A@a.example> <b@a.example> <C@a.example>",
                header.first("References").orElse(""));
        assertTrue(header.first("Message-ID").orElse("").endsWith("@example.org>"));
    }

    @Test
    void hostileReferencesStayOut() throws Exception {
        String many = "<x@y>\r\n ".repeat(5000);
        MessageContent original =
                message("Message-ID: <" + "x".repeat(5000) + "@y> <é@y>\r\nReferences: " + many + "\r\n\r\n");
        write(dsn(status(DsnAction.FAILED, "a@b.example")).original(original, DsnComposer.Return.NOTHING), EIGHT_BIT);
        assertTrue(HeaderFields.parse(out.toByteArray()).first("References").isEmpty());
        original = message("Message-ID: <z@y>\r\nReferences: " + many + "\r\n\r\n");
        write(dsn(status(DsnAction.FAILED, "a@b.example")).original(original, DsnComposer.Return.NOTHING), EIGHT_BIT);
        String references =
                HeaderFields.parse(out.toByteArray()).first("References").orElse("");
        assertEquals("<x@y> ".repeat(20) + "<z@y>", references);
    }

    @Test
    void ownWordsTakeTheStead() throws Exception {
        DsnComposer composer = dsn(status(DsnAction.DELAYED, "a@b.example"))
                .subject("Zustellung verzögert")
                .text("Die Nachricht ist noch unterwegs: ü.\n");
        for (ComposeOptions options : List.of(ComposeOptions.SEVEN_BIT, EIGHT_BIT, UTF8)) {
            Dsn dsn = write(composer, options);
            HeaderFields header = HeaderFields.parse(out.toByteArray());
            assertEquals(
                    "Zustellung verzögert",
                    header.fields().stream()
                            .filter(field -> field.name().equals("Subject"))
                            .findFirst()
                            .orElseThrow()
                            .text());
            try (InputStream text =
                    PartBody.decoded(content(), dsn.explanation().orElseThrow()).orElseThrow()) {
                assertEquals(
                        "Die Nachricht ist noch unterwegs: ü.\r\n",
                        new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** RFC 6533 §4. */
    @ParameterizedTest
    @CsvSource({
        "SEVEN_BIT, joe@b.example, message/delivery-status, 'utf-8; joe@b.example'",
        "SEVEN_BIT, jö@bü.example, message/delivery-status, 'utf-8; j\\x{F6}@b\\x{FC}.example'",
        "EIGHT_BIT, jö@bü.example, message/delivery-status, 'utf-8; j\\x{F6}@b\\x{FC}.example'",
        "UTF8, jö@bü.example, message/global-delivery-status, utf-8; jö@bü.example",
        "UTF8, joe@b.example, message/delivery-status, 'utf-8; joe@b.example'"
    })
    void theStatusIsInTheFormThatCanBeSent(String options, String address, String type, String printed)
            throws Exception {
        Dsn dsn = write(dsn(status(DsnAction.FAILED, address)), options(options));
        assertEquals(
                new DsnAddress("utf-8", address),
                dsn.status().recipients().get(0).finalRecipient());
        Part status = MessageParser.parse(content()).parts().get(1);
        assertEquals(type, status.type() + '/' + status.subtype());
        String text = new String(PartBody.raw(content(), status).readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("Final-Recipient: " + printed + "\r\n"), text);
    }

    private static ComposeOptions options(String name) {
        return switch (name) {
            case "SEVEN_BIT" -> ComposeOptions.SEVEN_BIT;
            case "EIGHT_BIT" -> EIGHT_BIT;
            default -> UTF8;
        };
    }

    /** RFC 6533 §4.5, RFC 2046 §5.2.1, RFC 6522 §4. */
    @ParameterizedTest
    @CsvSource({
        "SEVEN_BIT, ascii, ascii, HEADER, text/rfc822-headers, 7bit",
        "SEVEN_BIT, utf8, ascii, HEADER, message/global-headers, base64",
        "EIGHT_BIT, utf8, ascii, HEADER, message/global-headers, base64",
        "UTF8, utf8, ascii, HEADER, message/global-headers, 8bit",
        "UTF8, ascii, utf8, HEADER, text/rfc822-headers, 7bit",
        "SEVEN_BIT, ascii, ascii, MESSAGE, message/rfc822, 7bit",
        "SEVEN_BIT, ascii, utf8, MESSAGE, message/global, base64",
        "SEVEN_BIT, utf8, utf8, MESSAGE, message/global, base64",
        "EIGHT_BIT, ascii, utf8, MESSAGE, message/rfc822, 8bit",
        "EIGHT_BIT, utf8, ascii, MESSAGE, message/global, base64",
        "UTF8, ascii, utf8, MESSAGE, message/rfc822, 8bit",
        "UTF8, utf8, ascii, MESSAGE, message/global, 8bit",
        "UTF8, ascii, part, MESSAGE, message/global, 8bit",
        "EIGHT_BIT, ascii, binary, MESSAGE, message/global, base64",
        "UTF8, ascii, long, MESSAGE, message/global, base64",
        "UTF8, ascii, none, HEADER, text/rfc822-headers, 7bit"
    })
    void whatIsReturnedIsInTheFormThatCanBeSent(
            String options, String header, String body, DsnComposer.Return part, String type, String encoding)
            throws Exception {
        String fields = header.equals("ascii") ? ASCII_HEADER : UTF8_HEADER;
        String text = fields
                + switch (body) {
                    case "ascii" -> "\r\nHello\r\n";
                    case "utf8" -> "\r\nGrüße\r\n";
                    case "binary" -> "\r\na\0b\nc\r\n";
                    case "long" -> "\r\n" + "x".repeat(999) + "\r\n";
                    case "part" ->
                        "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Description: é\r\n\r\n--i--\r\n";
                    default -> "";
                };
        MessageContent original = message(text);
        DsnComposer composer = dsn(status(DsnAction.FAILED, "jö@b.example")).original(original, part);
        Dsn dsn = write(composer, options(options));
        Part returned = dsn.returned().orElseThrow();
        assertEquals(type, returned.type() + '/' + returned.subtype());
        assertEquals(encoding, returned.encoding());
        assertEquals(part == DsnComposer.Return.MESSAGE, dsn.returnedWhole());
        assertEquals(
                header.equals("ascii") ? "Hello" : "Grüße",
                dsn.originalHeader().first("Subject").orElse(""));
        try (InputStream octets = PartBody.decoded(content(), returned).orElseThrow()) {
            String expected = part == DsnComposer.Return.MESSAGE ? text : fields;
            assertArrayEquals(expected.getBytes(StandardCharsets.UTF_8), octets.readAllBytes());
        }
        boolean ascii = out.toString(StandardCharsets.UTF_8).chars().allMatch(c -> c < 0x80);
        assertTrue(ascii || !options.equals("SEVEN_BIT"));
    }

    @Test
    void aLargeMessageStreams() throws Exception {
        byte[] line = ("x".repeat(76) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] start = (ASCII_HEADER + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long size = start.length + 78L * 1_000_000;
        MessageContent original = new MessageContent() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) {
                if (position >= size) {
                    return -1;
                }
                int count = (int) Math.min(length, size - position);
                for (int i = 0; i < count; i++) {
                    long at = position + i;
                    into[offset + i] =
                            at < start.length ? start[(int) at] : line[(int) ((at - start.length) % line.length)];
                }
                return count;
            }

            @Override
            public void writeTo(OutputStream to, long position, long length) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
        long[] written = new long[1];
        int[] largest = new int[1];
        OutputStream counter = new OutputStream() {
            @Override
            public void write(int octet) {
                written[0]++;
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                written[0] += length;
                largest[0] = Math.max(largest[0], length);
            }
        };
        dsn(status(DsnAction.FAILED, "a@b.example"))
                .original(original, DsnComposer.Return.MESSAGE)
                .write(new Composer(counter, ComposeOptions.SEVEN_BIT, CLOCK, Mutations.random(1)));
        assertTrue(written[0] > size, "all of it");
        assertTrue(largest[0] <= 1 << 16, "pieces of " + largest[0]);
    }

    @Test
    void manyRecipientsAreInTheStatusAndSomeInTheText() throws Exception {
        DeliveryStatus.Builder builder = DeliveryStatus.builder(MtaName.dns("mx.example.org"));
        for (int i = 0; i < 2000; i++) {
            builder.recipient(DsnRecipient.builder(
                            new DsnAddress("rfc822", "u" + i + "@example.net"),
                            i % 2 == 0 ? DsnAction.DELIVERED : DsnAction.DELAYED,
                            DsnStatus.UNDEFINED_SUCCESS)
                    .build());
        }
        Dsn dsn = write(dsn(builder.build()), ComposeOptions.SEVEN_BIT);
        assertEquals(2000, dsn.status().recipients().size());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("There are 1900 more recipients"));
        assertEquals(
                "Mail delivery delayed",
                HeaderFields.parse(out.toByteArray()).first("Subject").orElse(""));
    }

    @Test
    void anInternationalReversePathNeedsSmtpUtf8() throws Exception {
        DsnComposer composer = new DsnComposer(
                new NamedAddress("", Address.parse("postmaster@example.org")),
                Address.parse("jörg@example.com"),
                status(DsnAction.FAILED, "a@b.example"));
        assertThrows(
                IllegalArgumentException.class,
                () -> composer.write(new Composer(out, EIGHT_BIT, CLOCK, Mutations.random(1))));
        write(composer, UTF8);
        assertEquals(
                "jörg@example.com",
                HeaderFields.parse(out.toByteArray()).first("To").orElse(""));
    }

    @Test
    void whatTheStandardForbidsCantBeMade() {
        DsnAddress joe = new DsnAddress("rfc822", "joe@b.example");
        OffsetDateTime date = OffsetDateTime.parse("2026-03-03T08:05:07Z");
        DsnRecipient.Builder builder = DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.UNDEFINED_FAILURE);
        refused(() -> builder.willRetryUntil(date).build());
        refused(() -> DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.UNDEFINED_FAILURE)
                .localizedDiagnostic("de", "nein")
                .build());
        refused(() -> DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.UNDEFINED_FAILURE)
                .diagnosticCode(DiagnosticCode.smtp("550 no"))
                .localizedDiagnostic("de", "nein")
                .localizedDiagnostic("DE", "nein")
                .build());
        refused(() -> DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.UNDEFINED_FAILURE)
                .field("ACTION", "x")
                .build());
        refused(() -> DeliveryStatus.builder(MtaName.dns("a.example")).build());
        refused(() -> DeliveryStatus.builder(MtaName.dns("a.example")).field("Status", "5.0.0"));
        for (String bad : List.of("a\r\nb", "a\tb", " a", "a ", "\ud800", "a\u0085", "x".repeat(901))) {
            refused(() -> new DiagnosticCode("smtp", bad));
            refused(() -> new DsnAddress("rfc822", bad));
            refused(() -> new DsnField("X", bad));
            refused(() -> MtaName.dns(bad));
        }
        refused(() -> MtaName.dns("a (b)"));
        refused(() -> new DsnAddress("rfc822", "<a@b>"));
        refused(() -> new DsnAddress("a b", "a@b"));
        refused(() -> new DsnField("X Y", "a"));
    }

    private static void refused(java.util.function.Supplier<Object> made) {
        assertThrows(IllegalArgumentException.class, () -> {
            Object object = made.get();
            if (object instanceof DeliveryStatus.Builder builder) {
                builder.recipient(DsnRecipient.builder(
                                        new DsnAddress("rfc822", "a@b"), DsnAction.FAILED, DsnStatus.UNDEFINED_FAILURE)
                                .build())
                        .build();
            }
        });
    }
}
