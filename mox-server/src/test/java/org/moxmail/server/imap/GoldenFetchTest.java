package org.moxmail.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.imap.FetchWriter;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.message.CrlfOutputStream;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.RunningServer;

/**
 * What the whole server tells of messages that another server was asked about: each section's octets are those that it told,
 * and envelope and structure are what the encoder makes of the parse, which mox-message compares with what it told.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoldenFetchTest {
    /** The messages and answers that mox-message's tests have. */
    private static final Path CORPUS = Path.of("..", "mox-message", "src", "test", "resources", "mime");

    private static final Pattern FILE = Pattern.compile("\"file\": \"([^\"]+)\"");
    private static final Pattern SECTION = Pattern.compile("\"([^\"]+)\": \\[(\\d+), \"([0-9a-f]{32})\"\\]");
    private static final Pattern LITERAL = Pattern.compile("(?:BODY|BINARY)\\[[^\\]]*\\] ~?\\{(\\d+)\\}\r\n");

    /** Where their answer isn't ours, for the reasons that mox-message's DovecotGoldenTest gives. */
    private static final Map<String, Set<String>> EXCEPTIONS = exceptions("""
            enmime/mail/mime-mixed-related.raw | 2,1.1
            enmime/mail/mime-signed.raw | 1
            mail-mime-parser/m4008.txt | 1
            mail-parser/malformed/016.eml | 1,1.1,1.1.2,1.1.2.MIME,1.1.3,1.1.3.MIME,1.1.4,1.1.4.MIME,BINARY 1.1.2,BINARY 1.1.3,BINARY 1.1.4
            mail-parser/malformed/020.eml | 1
            mail-parser/malformed/021.eml | 1
            mail-parser/malformed/022.eml | 2
            mail-parser/rfc/008.eml | 2,2.HEADER,2.TEXT,2.1,2.1.MIME,BINARY 2.1
            mail-parser/thirdparty/007.eml | 3,3.TEXT
            mime4j/mimetools-testmsgs/double-semicolon.msg | 1,1.MIME,BINARY 1
            mime4j/mimetools-testmsgs/multi-2gifs-base64.msg | 1.1,1.TEXT,1.HEADER
            mime4j/testmsgs/bad-newlines-multiple-parts-base64.msg | 1.1,1.TEXT,1.HEADER
            mime4j/testmsgs/base64encoded-rfc822message-nested.msg | 1.1,1.TEXT,1.HEADER
            python-email/msg_33.txt | 1,1.MIME,BINARY 1
            python-email/msg_38.txt | 1
            """);

    @TempDir
    Path directory;

    private static Map<String, Set<String>> exceptions(String table) {
        return table.lines()
                .map(row -> row.split(" \\| "))
                .collect(Collectors.toMap(row -> row[0], row -> Set.of(row[1].split(","))));
    }

    @Test
    void sectionsEnvelopesAndStructuresAreWhatIsExpected() throws Exception {
        Map<String, Set<String>> different = new TreeMap<>();
        int count = 0;
        try (RunningServer server = RunningServer.start(directory);
                ImapTalk imap = server.imap()) {
            imap.ok("SELECT Inbox");
            for (String golden : Files.readAllLines(CORPUS.resolve("dovecot-fetch-golden.jsonl"))) {
                Matcher file = FILE.matcher(golden);
                assertTrue(file.find());
                byte[] octets = message(file.group(1));
                imap.raw("a APPEND Inbox {" + octets.length + "+}\r\n" + text(octets) + "\r\n");
                while (!imap.line().startsWith("a OK")) {
                    // EXISTS comes first.
                }
                count++;
                assertEquals(
                        told(count, octets),
                        imap.ok("FETCH " + count + " (ENVELOPE BODYSTRUCTURE)")
                                .lines()
                                .findFirst()
                                .orElseThrow());
                Set<String> found = differences(golden, imap, count, MessageParser.parse(octets));
                if (!found.isEmpty()) {
                    different.put(file.group(1), found);
                }
            }
        }
        assertEquals(219, count);
        assertEquals(new TreeMap<>(EXCEPTIONS), different);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** As a store has it: line ends are CRLF, and an mbox line in front is gone. */
    private static byte[] message(String file) throws IOException {
        byte[] octets = Files.readAllBytes(CORPUS.resolve(file));
        String text = text(octets);
        int from = text.startsWith("From ") ? text.indexOf('\n') + 1 : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 1000);
        try (CrlfOutputStream crlf = new CrlfOutputStream(out)) {
            crlf.write(octets, from, octets.length - from);
        }
        return out.toByteArray();
    }

    private static String told(int number, byte[] octets) throws IOException {
        Part part = MessageParser.parse(octets);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapEncoder encoder = new ImapEncoder(out);
        FetchWriter fetch = encoder.fetch(number).uid(number);
        fetch.envelope(Objects.requireNonNull(part.envelope()));
        fetch.bodyStructure(part).end();
        encoder.flush();
        return text(out.toByteArray()).lines().findFirst().orElseThrow();
    }

    /** Names of sections that aren't what they are expected to be. */
    private static Set<String> differences(String golden, ImapTalk imap, int number, Part message) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(golden.substring(golden.indexOf("\"sections\": ")));
        while (section.find()) {
            String name = section.group(1);
            if (isTold(message, name)) {
                expected.put(name, section.group(2) + " " + section.group(3));
            }
        }
        Map<String, String> actual = new TreeMap<>();
        for (String name : expected.keySet()) {
            String asked =
                    name.startsWith("BINARY ") ? "BINARY.PEEK[" + name.substring(7) + "]" : "BODY.PEEK[" + name + "]";
            actual.put(name, answered(imap.command("FETCH " + number + " " + asked)));
        }
        return actual.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(expected.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Whether both are to tell the same. Of a message that is its own only part they tell the whole header where we tell
     * what is MIME's, and BINARY of what isn't a leaf, which RFC 9051 §6.4.5.1 doesn't have.
     */
    private static boolean isTold(Part message, String section) {
        boolean binary = section.startsWith("BINARY ");
        if (!binary && !section.endsWith(".MIME")) {
            return true;
        }
        String numbers = section.replace("BINARY ", "").replace(".MIME", "");
        Part part = message;
        Part within = message;
        boolean itself = false;
        for (String number : numbers.split("\\.")) {
            itself = within.envelope() != null && !within.isMultipart();
            int index = Integer.parseInt(number) - 1;
            if (!itself && index >= within.parts().size()) {
                return true;
            }
            part = itself ? within : within.parts().get(index);
            within = part.message() == null ? part : part.message();
        }
        return binary ? !part.isMultipart() && !part.type().equals("message") : !itself;
    }

    private static String answered(String said) {
        Matcher literal = LITERAL.matcher(said);
        if (!literal.find()) {
            return said;
        }
        int length = Integer.parseInt(literal.group(1));
        byte[] octets = said.substring(literal.end(), literal.end() + length).getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return length + " " + HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
