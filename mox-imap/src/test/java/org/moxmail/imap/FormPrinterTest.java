package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;

/** What is printed once is what would be printed each time, for every client; what isn't the same for all is never kept. */
class FormPrinterTest {
    /** Left behind by one message, anything would be in the next one's. */
    private final FormPrinter printer = new FormPrinter();

    private interface Value {
        void write(FetchWriter out) throws IOException;
    }

    private static String told(MailboxEncoding encoding, Value value) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(octets);
        encoder.encoding(encoding);
        FetchWriter out = encoder.fetch(1);
        value.write(out);
        out.end();
        encoder.flush();
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: plain\r\n\r\nx\r\n",
                "Subject: \"quoted\" \\ back\r\nFrom: \"A \\\"B\\\"\" <a@b.c>\r\n\r\nx\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=x\r\n\r\n--b--\r\n",
                "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ny\r\n",
                "\r\n"
            })
    void whatIsAsciiHasOneForm(String message) throws IOException {
        Part part = MessageParser.parse(message.getBytes(StandardCharsets.UTF_8));
        byte[] envelope = printer.envelope(Objects.requireNonNull(part.envelope()));
        byte[] structure = printer.bodyStructure(part);
        for (MailboxEncoding encoding : MailboxEncoding.values()) {
            assertEquals(
                    told(encoding, out -> out.envelope(Objects.requireNonNull(part.envelope()))),
                    told(encoding, out -> out.envelope(envelope)));
            assertEquals(
                    told(encoding, out -> out.bodyStructure(part)),
                    told(encoding, out -> out.bodyStructure(structure)));
        }
    }

    // RFC 6855 §3: quoted with UTF-8 for who enabled it, else a literal.
    @ParameterizedTest
    @ValueSource(strings = {"Gr\u00fc\u00dfe", "\ud83d\ude00"})
    void whatIsNotAsciiHasNone(String text) {
        Part part = MessageParser.parse(
                ("Subject: " + text + "\r\nContent-Type: text/plain; name=\"" + text + "\"\r\n\r\nx\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(0, printer.envelope(Objects.requireNonNull(part.envelope())).length);
        assertEquals(0, printer.bodyStructure(part).length);
    }
}
