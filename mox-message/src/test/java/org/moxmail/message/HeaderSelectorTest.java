package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderSelectorTest {
    private static final String HEADER =
            "A: 1\r\nB : 2\r\n\tfolded\r\nno colon\r\n more\r\na: 3\r\nX-Long: " + "x".repeat(5000) + "\r\n\r\n";

    private static String select(String header, boolean not, String... names) {
        return new String(
                new HeaderSelector(List.of(names), not).select(header.getBytes(StandardCharsets.ISO_8859_1)),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void namedFieldsAreCopiedAsTheyAreWithTheEmptyLine() {
        assertEquals("A: 1\r\na: 3\r\n\r\n", select(HEADER, false, "a"));
        assertEquals("B : 2\r\n\tfolded\r\n\r\n", select(HEADER, false, "B"));
        assertEquals("\r\n", select(HEADER, false, "absent"));
        assertEquals("A: 1\r\n", select("A: 1\r\nB: 2\r\n", false, "A"));
        assertEquals("", select("", false, "A"));
    }

    @Test
    void otherFieldsAreCopiedWithWhatIsNoField() {
        assertEquals("B : 2\r\n\tfolded\r\nno colon\r\n more\r\n\r\n", select(HEADER, true, "A", "x-long"));
        assertEquals(HEADER, select(HEADER, true));
        assertEquals("A: 1", select("A: 1", true, "B"));
        assertEquals("half", select("half", true, "B"));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatIsCopiedAndWhatIsNotMakeTheHeader(boolean crlf) {
        String header = crlf ? HEADER : HEADER.replace("\r\n", "\n");
        assertEquals(
                header.length() + (crlf ? 2 : 1),
                select(header, true, "A").length() + select(header, false, "A").length());
    }

    @Test
    void partsOfMessagesAreReadFromTheirContent() throws IOException {
        for (String path : Corpus.messages()) {
            byte[] octets = Corpus.message(path);
            Part part = MessageParser.parse(octets);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            long copied = new HeaderSelector(List.of("subject"), false).copy(MessageContent.of(octets), part, out);
            assertEquals(out.size(), copied);
            assertEquals(
                    HeaderFields.read(MessageContent.of(octets), part).all("Subject"),
                    HeaderFields.parse(out.toByteArray()).all("Subject"),
                    path);
        }
    }
}
