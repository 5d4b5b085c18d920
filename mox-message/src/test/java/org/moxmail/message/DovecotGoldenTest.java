package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What another server tells of the corpus's messages, and what we do. */
final class DovecotGoldenTest {
    /** Why we tell something else, where we do. */
    private enum Reason {
        /** A field that may stand once stands twice: they take the last, we the first. */
        SECOND_FIELD,
        /** A Content-Type that can't be read: they tell empty words, we what can be read or RFC 2045 §5.2's default. */
        BAD_TYPE,
        /**
         * A closing delimiter with another delimiter on the next line. The line end between is the latter's (RFC 2046
         * §5.1.1's grammar; a signature, RFC 1847, is over the octets without it). They count it to the inner part.
         */
        NO_EPILOGUE,
        /** They cut boundaries after 80 octets, so that some are the same. RFC 2046 allows 70, so anything goes. */
        LONG_BOUNDARY,
        /** An embedded message whose header is cut off by a delimiter: they count the delimiter's line end to it. */
        HEADER_CUT_OFF,
        /** An embedded message in base64, which RFC 2046 §5.2.1 forbids: they read base64 as a header, we leave it alone. */
        ENCODED_MESSAGE,
        /** "8 bit": they tell the default, we what was meant. */
        BAD_ENCODING,
        /** A boundary behind two semicolons, or in RFC 2231's form: they don't find it, we do. */
        BOUNDARY_FOUND,
        /** Runs of blanks: they squeeze them and leave one at the end, we leave them inside and drop them at the end. */
        BLANKS
    }

    /** File, reason, and what differs. */
    private static final String EXCEPTIONS = """
            enmime/mail/inlinemultipart.raw | SECOND_FIELD | BODYSTRUCTURE
            enmime/mail/malformed-multiple-address-header-values.raw | SECOND_FIELD | BODYSTRUCTURE
            enmime/mail/mime-bad-content-type.raw | BAD_TYPE | BODYSTRUCTURE
            enmime/mail/mime-blank-media-name.raw | BAD_TYPE | BODYSTRUCTURE
            enmime/mail/mime-mixed-related.raw | NO_EPILOGUE | 1.1,2
            enmime/mail/mime-signed.raw | NO_EPILOGUE | 1
            mail-mime-parser/m4008.txt | NO_EPILOGUE | 1
            mail-parser/malformed/016.eml | LONG_BOUNDARY | BODYSTRUCTURE,1,1.1,1.1.2,1.1.2.MIME,1.1.3,1.1.3.MIME,1.1.4,1.1.4.MIME,2,2.MIME,BINARY 2
            mail-parser/malformed/019.eml | SECOND_FIELD | ENVELOPE
            mail-parser/malformed/020.eml | NO_EPILOGUE | 1
            mail-parser/malformed/021.eml | NO_EPILOGUE | 1
            mail-parser/malformed/022.eml | HEADER_CUT_OFF | BODYSTRUCTURE,2
            mail-parser/rfc/008.eml | ENCODED_MESSAGE | BODYSTRUCTURE,2,2.HEADER,2.TEXT,2.1,2.1.MIME,BINARY 2
            mail-parser/thirdparty/004.eml | BAD_ENCODING | BODYSTRUCTURE
            mail-parser/thirdparty/007.eml | NO_EPILOGUE | BODYSTRUCTURE,3,3.TEXT
            mime4j/mimetools-testmsgs/double-semicolon.msg | BOUNDARY_FOUND | BODYSTRUCTURE,1,1.MIME,BINARY 1,2,2.MIME,BINARY 2
            mime4j/mimetools-testmsgs/frag.msg | BLANKS | ENVELOPE,BODYSTRUCTURE
            mime4j/mimetools-testmsgs/multi-2gifs-base64.msg | ENCODED_MESSAGE | BODYSTRUCTURE,1.HEADER,1.TEXT,1.1,1.1.MIME,BINARY 1
            mime4j/testmsgs/bad-newlines-multiple-parts-base64.msg | ENCODED_MESSAGE | BODYSTRUCTURE,1.HEADER,1.TEXT,1.1,1.1.MIME,BINARY 1
            mime4j/testmsgs/base64encoded-rfc822message-nested.msg | ENCODED_MESSAGE | BODYSTRUCTURE,1.HEADER,1.TEXT,1.1,1.1.MIME,BINARY 1
            mime4j/testmsgs/basic-plain-with-bad-header-separator.msg | BLANKS | ENVELOPE
            python-email/msg_14.txt | BAD_TYPE | BODYSTRUCTURE
            python-email/msg_33.txt | BOUNDARY_FOUND | BODYSTRUCTURE,1,1.MIME,BINARY 1,2,2.MIME,BINARY 2
            python-email/msg_38.txt | NO_EPILOGUE | 1
            """;

    @Test
    void structuresEnvelopesAndSectionsAreWhatAnotherServerTells() throws IOException {
        Map<String, String> excepted = new TreeMap<>();
        for (String row : EXCEPTIONS.lines().toList()) {
            String[] columns = row.split(" \\| ");
            assertNotNull(Reason.valueOf(columns[1]));
            excepted.put(columns[0], columns[2]);
        }
        Map<String, String> different = new TreeMap<>();
        StringBuilder report = new StringBuilder();
        int count = 0;
        for (String line :
                Corpus.text("mime/dovecot-fetch-golden.jsonl").lines().toList()) {
            Map<String, Object> golden = Json.object(Json.parse(line));
            String file = (String) Objects.requireNonNull(golden.get("file"));
            Map<String, String> found = differences(golden, Corpus.message(file));
            if (!found.isEmpty()) {
                different.put(file, String.join(",", found.keySet()));
                found.forEach((what, how) -> report.append(file)
                        .append(' ')
                        .append(what)
                        .append(": ")
                        .append(how)
                        .append('\n'));
            }
            count++;
        }
        assertEquals(219, count);
        assertEquals(excepted, different, report::toString);
    }

    private static Map<String, String> differences(Map<String, Object> golden, byte[] octets) throws IOException {
        assertEquals(golden.get("crlf_sha256"), sha256(octets, 0, octets.length));
        Part part = MessageParser.parse(octets);
        Map<String, String> found = new LinkedHashMap<>();
        compare("ENVELOPE", plain(golden.get("ENVELOPE")), envelope(Objects.requireNonNull(part.envelope())), found);
        compare("BODYSTRUCTURE", structure(golden.get("BODYSTRUCTURE")), structure(bodyStructure(part)), found);
        Map<String, Object> sections = new LinkedHashMap<>();
        sections(octets, part, sections);
        Json.object(golden.get("sections")).forEach((name, value) -> {
            // They decode whole messages and multiparts too; we leave BINARY of those to IMAP's layer.
            boolean leaf = !name.startsWith("BINARY ") || sections.containsKey(name);
            Object ours = sections.remove(name);
            if (value instanceof List && leaf) {
                compare(name, value, ours, found);
            }
        });
        sections.forEach((name, value) -> found.put(name, "only we have " + value));
        return found;
    }

    private static void compare(
            String what, @Nullable Object expected, @Nullable Object actual, Map<String, String> found) {
        if (!Objects.equals(expected, actual)) {
            found.put(what, "they " + expected + ", we " + actual);
        }
    }

    private static String sha256(byte[] octets, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(octets, from, to - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> digest(byte[] octets, long from, long to) {
        return List.of(to - from, sha256(octets, (int) from, (int) to).substring(0, 32));
    }

    // ---- sections

    private static void sections(byte[] octets, Part message, Map<String, Object> sections) throws IOException {
        sections.put("HEADER", digest(octets, message.headerOffset(), message.bodyOffset()));
        sections.put("TEXT", digest(octets, message.bodyOffset(), message.endOffset()));
        number(octets, message, "", sections);
    }

    /** The numbered sections of what is inside a message. */
    private static void number(byte[] octets, Part message, String prefix, Map<String, Object> sections)
            throws IOException {
        if (!message.isMultipart()) {
            section(octets, message, prefix + "1", sections);
            return;
        }
        children(octets, message, prefix, sections);
    }

    private static void section(byte[] octets, Part part, String number, Map<String, Object> sections)
            throws IOException {
        sections.put(number, digest(octets, part.bodyOffset(), part.endOffset()));
        sections.put(number + ".MIME", digest(octets, part.headerOffset(), part.bodyOffset()));
        if (part.isMultipart()) {
            children(octets, part, number + ".", sections);
            return;
        }
        Part message = part.message();
        if (message != null) {
            sections.put(number + ".HEADER", digest(octets, message.headerOffset(), message.bodyOffset()));
            sections.put(number + ".TEXT", digest(octets, message.bodyOffset(), message.endOffset()));
            number(octets, message, number + ".", sections);
            return;
        }
        binary(octets, part, number, sections);
    }

    private static void children(byte[] octets, Part multipart, String prefix, Map<String, Object> sections)
            throws IOException {
        int number = 1;
        for (Part part : multipart.parts()) {
            section(octets, part, prefix + number++, sections);
        }
        if (multipart.parts().isEmpty()) {
            // IMAP's grammar asks for a part; they tell an empty one.
            sections.put(prefix + "1", digest(octets, 0, 0));
            sections.put(prefix + "1.MIME", digest(octets, 0, 0));
            sections.put("BINARY " + prefix + "1", digest(octets, 0, 0));
        }
    }

    private static void binary(byte[] octets, Part part, String number, Map<String, Object> sections)
            throws IOException {
        var decoded = PartBody.decoded(MessageContent.of(octets), part);
        if (decoded.isPresent()) {
            byte[] body = decoded.get().readAllBytes();
            sections.put("BINARY " + number, digest(body, 0, body.length));
        }
    }

    // ---- envelope and structure

    private static List<@Nullable Object> envelope(Envelope envelope) {
        return Arrays.asList(
                envelope.date(),
                envelope.subject(),
                addresses(envelope.from()),
                addresses(envelope.sender()),
                addresses(envelope.replyTo()),
                addresses(envelope.to()),
                addresses(envelope.cc()),
                addresses(envelope.bcc()),
                envelope.inReplyTo(),
                envelope.messageId());
    }

    private static @Nullable Object addresses(List<MailboxAddress> addresses) {
        if (addresses.isEmpty()) {
            return null;
        }
        return addresses.stream()
                .map(a -> Arrays.asList(a.name(), a.adl(), a.localpart(), a.host()))
                .toList();
    }

    private static List<@Nullable Object> bodyStructure(Part part) {
        if (part.isMultipart()) {
            List<@Nullable Object> list = new ArrayList<>();
            part.parts().forEach(child -> list.add(bodyStructure(child)));
            if (part.parts().isEmpty()) {
                list.add(Arrays.asList(
                        "text",
                        "plain",
                        List.of("charset", "us-ascii"),
                        null,
                        null,
                        "7bit",
                        0L,
                        0L,
                        null,
                        null,
                        null,
                        null));
            }
            list.add(part.subtype());
            list.add(parameters(part.parameters()));
            extension(part, list);
            return list;
        }
        List<@Nullable Object> list = new ArrayList<>(Arrays.asList(
                part.type(),
                part.subtype(),
                parameters(part.parameters()),
                part.contentId(),
                part.description(),
                part.encoding() == null ? "7bit" : part.encoding(),
                part.bodySize()));
        Part message = part.message();
        if (message != null) {
            list.add(envelope(Objects.requireNonNull(message.envelope())));
            list.add(bodyStructure(message));
            list.add(part.bodyLines());
        } else if (part.type().equals("text")) {
            if (list.get(2) == null) {
                list.set(2, List.of("charset", "us-ascii"));
            }
            list.add(part.bodyLines());
        }
        list.add(part.md5());
        extension(part, list);
        return list;
    }

    private static void extension(Part part, List<@Nullable Object> list) {
        list.add(
                part.disposition() == null
                        ? null
                        : Arrays.asList(part.disposition(), parameters(part.dispositionParameters())));
        list.add(
                part.languages().isEmpty()
                        ? null
                        : part.languages().size() == 1 ? part.languages().get(0) : part.languages());
        list.add(part.location());
    }

    private static @Nullable Object parameters(List<Parameter> parameters) {
        List<Object> flat = new ArrayList<>();
        for (Parameter parameter : parameters) {
            flat.add(parameter.name());
            flat.add(parameter.value());
        }
        return flat.isEmpty() ? null : flat;
    }

    /**
     * Their answer with what IMAP's layer or taste decides taken away: the case of types and encodings, the charset that a
     * text without one gets, MISSING_DOMAIN and the like for what isn't there, base64 for 8-bit octets.
     */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> b64) {
            byte[] octets = Base64.getDecoder().decode((String) Objects.requireNonNull(b64.get("b64")));
            return HeaderText.decode(octets, 0, octets.length);
        }
        if (value instanceof String text) {
            return text.equals("MISSING_DOMAIN") || text.equals("MISSING_MAILBOX") ? "" : text;
        }
        return value instanceof List<?> list
                ? list.stream().map(DovecotGoldenTest::plain).toList()
                : value;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object structure(@Nullable Object value) {
        if (!(plain(value) instanceof List<?> list)) {
            return value;
        }
        List<@Nullable Object> fields = new ArrayList<>((List<@Nullable Object>) list);
        if (fields.get(0) instanceof List) {
            int i = 0;
            while (fields.get(i) instanceof List) {
                fields.set(i, structure(fields.get(i)));
                i++;
            }
            lower(fields, i);
            fields.set(i + 1, parameters(fields.get(i + 1), false));
            i += 2;
            extension(fields, i);
            return fields;
        }
        lower(fields, 0);
        lower(fields, 1);
        lower(fields, 5);
        boolean text = "text".equals(fields.get(0));
        fields.set(2, parameters(fields.get(2), text));
        int next = 7;
        if ("message".equals(fields.get(0)) && fields.get(7) instanceof List) {
            fields.set(8, structure(fields.get(8)));
            next = 10;
        } else if (text) {
            next = 8;
        }
        extension(fields, next + 1);
        return fields;
    }

    private static void extension(List<@Nullable Object> fields, int at) {
        if (fields.get(at) instanceof List<?> disposition) {
            fields.set(at, Arrays.asList(lower((String) disposition.get(0)), parameters(disposition.get(1), false)));
        }
        if (fields.get(at + 1) instanceof List<?> languages && languages.size() == 1) {
            fields.set(at + 1, languages.get(0));
        }
    }

    private static void lower(List<@Nullable Object> fields, int at) {
        fields.set(at, lower((String) fields.get(at)));
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Parameters by name, as our own reader of RFC 2231 takes them, which they leave to clients. */
    private static @Nullable Object parameters(@Nullable Object flat, boolean charset) {
        List<?> list = flat == null ? List.of() : (List<?>) flat;
        StringBuilder field = new StringBuilder("a/b");
        for (int i = 0; i < list.size(); i += 2) {
            String value = ((String) Objects.requireNonNull(list.get(i + 1))).replaceAll("([\"\\\\])", "\\\\$1");
            field.append("; ").append(list.get(i)).append("=\"").append(value).append('"');
        }
        Map<String, String> byName = new TreeMap<>();
        ParameterizedValue.parseLenient(field.toString(), true)
                .parameters()
                .forEach(p -> byName.put(p.name(), p.value()));
        if (charset) {
            byName.putIfAbsent("charset", "us-ascii");
        }
        return byName.isEmpty() ? null : byName.toString();
    }
}
