package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README.md and of the package's documentation. */
final class ExampleTest {
    /** The lines between these marks, without indent, are the example. */
    private static void example(Path file, PrintStream out) throws IOException {
        // begin
        byte[] octets = Files.readAllBytes(file);
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(octets, 0, octets.length);
        Part message = parser.finish();
        MessageContent content = MessageContent.of(octets);
        HeaderFields header = HeaderFields.read(content, message);
        String subject = EncodedWords.decode(header.first("Subject").orElse(""));
        for (Part part : message.parts()) {
            out.println(part.type() + "/" + part.subtype() + ", " + part.bodySize() + " octets");
        }
        out.println(subject + ": " + Preview.of(content, message));
        // end
    }

    @Test
    void theExampleTellsWhatIsInAMessage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("message.eml");
        Files.writeString(file, """
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                Content-Type: multipart/mixed; boundary=b

                --b

                hello
                --b
                Content-Type: image/png

                x
                --b--
                """);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        example(file, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(
                List.of("text/plain, 5 octets", "image/png, 1 octets", "Grüße: hello", ""),
                out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void theExampleIsTheOneInTheDocuments() throws IOException {
        String code = example(
                        Files.readString(Path.of("src/test/java/org/moxmail/message/ExampleTest.java")),
                        " *// begin\n",
                        " *// end\n")
                .replace("out.println", "System.out.println");
        assertEquals(code, example(Files.readString(Path.of("README.md")), "```java\n", "```\n"));
        String documentation = Files.readString(Path.of("src/main/java/org/moxmail/message/package-info.java"));
        assertEquals(code, example(documentation, " \\* <pre>\\{@code\n", " \\* }</pre>\n"));
        assertTrue(code.lines().count() >= 10);
    }

    private static String example(String text, String begin, String end) {
        String[] pieces = text.split("(?m)^" + begin, 2)[1].split("(?m)^" + end, 2);
        return pieces[0].replaceAll("(?m)^ \\* ", "").stripTrailing().stripIndent();
    }
}
