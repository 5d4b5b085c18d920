package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.Composer;
import org.moxmail.message.MessageContent;
import org.moxmail.message.NamedAddress;
import org.moxmail.message.testing.Mutations;

/** The example of README.md and of the package's documentation. */
final class ExampleTest {
    /** The lines between these marks, without indent, are the example. */
    private static void example(MessageContent original, OutputStream out, InstantSource clock, RandomGenerator random)
            throws IOException, SyntaxException {
        // begin
        DsnAddress joe = DsnAddress.of(Address.parse("joe@example.net"));
        DeliveryStatus status = DeliveryStatus.builder(MtaName.dns("mx.example.org"))
                .recipient(DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.parse("5.1.1"))
                        .diagnosticCode(DiagnosticCode.smtp("550 5.1.1 no such user"))
                        .build())
                .build();
        NamedAddress from = new NamedAddress("Postmaster", Address.parse("postmaster@example.org"));
        new DsnComposer(from, Address.parse("ann@example.com"), status)
                .original(original, DsnComposer.Return.HEADER)
                .write(new Composer(out, ComposeOptions.SEVEN_BIT, clock, random));
        // end
    }

    @Test
    void theExampleReadsAsItWas() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] original = "Subject: Hello\r\n\r\nworld\r\n".getBytes(StandardCharsets.US_ASCII);
        example(MessageContent.of(original), out, InstantSource.fixed(Instant.EPOCH), Mutations.random(1));
        Dsn dsn = Dsn.parse(MessageContent.of(out.toByteArray()));
        assertEquals("5.1.1", dsn.status().recipients().get(0).status().print());
        assertEquals("Hello", dsn.originalHeader().first("Subject").orElse(""));
        assertTrue(dsn.leniencies().isEmpty());
    }

    @Test
    void theExampleIsTheOneInTheDocuments() throws IOException {
        String code = example(
                Files.readString(Path.of("src/test/java/org/moxmail/message/dsn/ExampleTest.java")),
                " *// begin\n",
                " *// end\n");
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + code + "\n```\n"), code);
        String documentation = Files.readString(Path.of("src/main/java/org/moxmail/message/dsn/package-info.java"));
        assertEquals(code, example(documentation, " \\* <pre>\\{@code\n", " \\* }</pre>\n"));
    }

    private static String example(String text, String begin, String end) {
        String[] pieces = text.split("(?m)^" + begin, 2)[1].split("(?m)^" + end, 2);
        return pieces[0].replaceAll("(?m)^ \\* ", "").stripTrailing().stripIndent();
    }
}
