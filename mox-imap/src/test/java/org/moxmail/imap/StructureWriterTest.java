package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.message.Envelope;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MailboxAddress;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;

// RFC 9051 §7.5.2
class StructureWriterTest {
    private static final String GOLDEN = "dovecot-fetch.jsonl";

    private static byte[] fetch(Part part, String item) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        FetchWriter fetch = encoder.fetch(1);
        switch (item) {
            case "ENVELOPE" -> fetch.envelope(Objects.requireNonNull(part.envelope()));
            case "BODY" -> fetch.body(part);
            default -> fetch.bodyStructure(part);
        }
        fetch.end();
        encoder.flush();
        return out.toByteArray();
    }

    private static String text(String message, String item) throws IOException {
        Part part = MessageParser.parse(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        String line = new String(fetch(part, item), StandardCharsets.UTF_8);
        String start = "* 1 FETCH (" + item + " ";
        assertEquals(start, line.substring(0, start.length()));
        assertEquals(")\r\n", line.substring(line.length() - 3));
        return line.substring(start.length(), line.length() - 3);
    }

    @Test
    void aMessageThatSaysNothingIsPlainText() throws IOException {
        assertEquals(
                "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 4 1 NIL NIL NIL NIL)",
                text("Subject: x\n\nhi\n", "BODYSTRUCTURE"));
        assertEquals(
                "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 4 1)",
                text("Subject: x\n\nhi\n", "BODY"));
    }

    @Test
    void aDispositionWithoutParametersIsTold() throws IOException {
        assertEquals(
                "(\"IMAGE\" \"PNG\" NIL \"<a@b>\" \"a \\\"thing\\\"\" \"BASE64\" 4 \"md5==\" (\"attachment\" NIL) (\"en\" \"de\") \"loc\")",
                text("""
                        Content-Type: image/png
                        Content-ID: <a@b>
                        Content-Description: a "thing"
                        Content-Transfer-Encoding: base64
                        Content-MD5: md5==
                        Content-Disposition: attachment
                        Content-Language: en, de
                        Content-Location: loc

                        AA==""", "BODYSTRUCTURE"));
    }

    @Test
    void anEmbeddedMessageHasEnvelopeStructureAndLines() throws IOException {
        assertEquals(
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 16 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL)"
                        + " (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 1 0) 2)",
                text("Content-Type: message/rfc822\n\nSubject: in\n\nx", "BODY"));
    }

    @Test
    void anEncodedEmbeddedMessageHasTheFieldsItsTypeAsksFor() throws IOException {
        String printed =
                text("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaW4=\n", "BODY");
        assertEquals(
                "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"BASE64\" 18 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
                        + " (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 0 0) 1)",
                printed);
    }

    @Test
    void aMultipartWithoutPartsGetsAnEmptyOne() throws IOException {
        assertEquals(
                "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 0 0 NIL NIL NIL NIL) \"MIXED\""
                        + " (\"BOUNDARY\" \"x\") NIL NIL NIL)",
                text("Content-Type: multipart/mixed; boundary=x\n\nnothing\n", "BODYSTRUCTURE"));
    }

    @Test
    void stringsThatQuotesCannotCarryAreLiterals() throws IOException {
        List<MailboxAddress> from = List.of(new MailboxAddress("a \\ \"b\"", "@r", "x", "y.example"));
        List<MailboxAddress> group = List.of(
                new MailboxAddress(null, null, "g", null),
                new MailboxAddress(null, null, "z", ""),
                new MailboxAddress(null, null, null, null));
        Envelope envelope = new Envelope(
                "d", "\u00e9\udce9", from, List.of(), List.of(), group, List.of(), List.of(), "a\r\nb", "n\0l");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        encoder.fetch(1).envelope(envelope).end();
        encoder.flush();
        assertEquals(
                "* 1 FETCH (ENVELOPE (\"d\" {3}\r\n\u00e9\udce9 ((\"a \\\\ \\\"b\\\"\" \"@r\" \"x\" \"y.example\")) NIL NIL"
                        + " ((NIL NIL \"g\" NIL)(NIL NIL \"z\" \"\")(NIL NIL NIL NIL)) NIL NIL {4}\r\na\r\nb {2}\r\nnl))\r\n",
                HeaderText.decode(out.toByteArray(), 0, out.size()));
    }

    // What another server says

    static Stream<Map<String, Object>> golden() throws IOException {
        List<Map<String, Object>> cases = new ArrayList<>();
        var in = Objects.requireNonNull(StructureWriterTest.class.getResourceAsStream(GOLDEN));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(json(line));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("golden")
    void wellFormedMessagesAreDescribedAsAnotherServerDescribesThem(Map<String, Object> expected) throws IOException {
        Part part = MessageParser.parse(Base64.getDecoder().decode((String) expected.get("message")));
        for (String item : List.of("ENVELOPE", "BODY", "BODYSTRUCTURE")) {
            List<?> fetched = (List<?>) Objects.requireNonNull(new Lists(fetch(part, item)).read());
            Object printed = fetched.get(1);
            Object golden = expected.get(item);
            if (!item.equals("ENVELOPE")) {
                printed = comparable(printed);
                golden = comparable(golden);
            }
            assertEquals(golden, printed, expected.get("file") + " " + item);
        }
    }

    /** Words in lower case; and that server adds a charset to every text that has none, where we follow the RFC. */
    private static Object comparable(@Nullable Object value) {
        if (value instanceof String text) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (!(value instanceof List<?> list)) {
            return value == null ? "NIL" : value;
        }
        List<Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(comparable(element)));
        if (copy.size() > 7 && copy.get(0).equals("text")) {
            List<Object> parameters = new ArrayList<>();
            if (copy.get(2) instanceof List<?> given) {
                parameters.addAll(given);
            }
            if (!parameters.contains("charset")) {
                parameters.addAll(List.of("charset", "us-ascii"));
            }
            copy.set(2, parameters);
        }
        return copy;
    }

    /** Reads the nested lists of a response without the library's own reader. */
    private static final class Lists {
        private final byte[] octets;
        private int at;

        Lists(byte[] response) {
            octets = response;
            at = "* 1 FETCH ".length();
        }

        @Nullable
        Object read() {
            return switch (octets[at]) {
                case '(' -> list();
                case '"' -> quoted();
                case '{' -> literal();
                default -> word();
            };
        }

        private List<@Nullable Object> list() {
            List<@Nullable Object> list = new ArrayList<>();
            at++;
            while (octets[at] != ')') {
                if (octets[at] == ' ') {
                    at++;
                }
                list.add(read());
            }
            at++;
            return list;
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            for (at++; octets[at] != '"'; at++) {
                if (octets[at] == '\\') {
                    at++;
                }
                text.append((char) octets[at]);
            }
            at++;
            return text.toString();
        }

        private String literal() {
            int brace = at;
            while (octets[brace] != '}') {
                brace++;
            }
            int size = Integer.parseInt(new String(octets, at + 1, brace - at - 1, StandardCharsets.US_ASCII));
            at = brace + 3 + size;
            return HeaderText.decode(octets, at - size, at);
        }

        private @Nullable Object word() {
            int start = at;
            while (octets[at] != ' ' && octets[at] != ')' && octets[at] != '(') {
                at++;
            }
            String word = new String(octets, start, at - start, StandardCharsets.US_ASCII);
            if (word.equals("NIL")) {
                return null;
            }
            return Character.isDigit(word.charAt(0)) ? (Object) Long.valueOf(word) : word;
        }
    }

    private static Map<String, Object> json(String line) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            Map<String, Object> fields = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                Object value = value(parser);
                if (value != null) {
                    fields.put(name, value);
                }
            }
            return fields;
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL:
                return null;
            case VALUE_STRING:
                return parser.getText();
            case VALUE_NUMBER_INT:
                return parser.getLongValue();
            case START_ARRAY: {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case START_OBJECT: {
                // Octets that are no UTF-8.
                parser.nextToken();
                parser.nextToken();
                byte[] octets = Base64.getDecoder().decode(parser.getText());
                parser.nextToken();
                return HeaderText.decode(octets, 0, octets.length);
            }
            default:
                throw new IOException("unexpected " + parser.currentToken());
        }
    }
}
