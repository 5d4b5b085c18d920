package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any octets end in a value or in the declared error; a value that was read can be written and read again. */
class GrammarFuzzTest {
    private static final long SEED = 20240611;
    private static final int ROUNDS = 60_000;

    private static final List<String> COMMANDS = List.of(
            "a LOGIN \"a\\\\b\" {3+}\r\nabc",
            "a ID (\"name\" NIL \"os\" \"x\")",
            "a AUTHENTICATE PLAIN AHRlc3QAdGVzdA==",
            "a SELECT &ZeVnLIqe- (CONDSTORE QRESYNC (1 2 3:4 (5 6)))",
            "a CREATE x (USE (\\Archive))",
            "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (a% \"b*\") RETURN (CHILDREN STATUS (MESSAGES))",
            "a STATUS \"x y\" (MESSAGES UIDNEXT)",
            "a APPEND x (\\Seen work) \" 7-Feb-1994 21:52:25 -0800\" UTF8 (~{5+}",
            "a UID SEARCH RETURN (MIN) CHARSET UTF-8 OR (FROM {2}\r\nxy NOT SEEN) SINCE 1-Feb-1994 1:*,3",
            "a UID FETCH 1:* (FLAGS BODY.PEEK[1.HEADER.FIELDS (a \"b\")]<0.5> BINARY[1]) (CHANGEDSINCE 5 VANISHED)",
            "a STORE $ (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Deleted $Junk)",
            "a UID MOVE 1,2:3 \"\u00e9\"");

    private static final List<String> RESPONSES = List.of(
            "* OK [COPYUID 1 2:3 4:5] x",
            "a NO [BADCHARSET (UTF-8)] x",
            "* OK [INPROGRESS (\"a\" 1 2)] x",
            "* LIST (\\HasChildren) \"/\" &ZeVnLIqe- (\"OLDNAME\" (x) CHILDINFO (\"SUBSCRIBED\"))",
            "* NAMESPACE ((\"\" \"/\" \"X\" (\"a\"))) NIL NIL",
            "* STATUS x (MESSAGES 1 MAILBOXID (F1) FOO (1 (2)))",
            "* SEARCH 1 2 3 (MODSEQ 4)",
            "* ESEARCH (TAG \"a\") UID MIN 1 ALL 2:3 MODSEQ 4",
            "* VANISHED (EARLIER) 1:3,5",
            "* ID (\"a\" \"b\")",
            "* 1 FETCH (UID 1 FLAGS (\\Seen) BODY[1.TEXT]<5> {3}\r\nabc RFC822.SIZE 5 MODSEQ (5) PREVIEW NIL)",
            "* 1 FETCH (ENVELOPE (\"d\" {1}\r\ns ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<x>\"))",
            "* 1 FETCH (BODYSTRUCTURE ((\"text\" \"plain\" (\"a\" \"b\") NIL NIL \"7bit\" 1 2)(\"message\" \"rfc822\" NIL NIL NIL"
                    + " \"7bit\" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"a\" \"b\" NIL NIL NIL \"7bit\" 1) 3) \"mixed\""
                    + " NIL (\"x\" (\"a\" \"b\")) (\"en\") \"l\" (1 (2)))"
                    + " INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" BINARY[1] ~{2}\r\n\0a)");

    private static final String SPICE = " ()[]{}\"\\*%+~$:,.<>=&-0179aZ\r\n\0\u007f\u0080\u00e9\u00ff";

    private final Random random = new Random(SEED);

    private byte[] mutated(List<String> seeds) {
        StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> {
                    String other = seeds.get(random.nextInt(seeds.size()));
                    text.insert(at, other.substring(random.nextInt(other.length())));
                }
                case 3 -> text.insert(at, text.substring(at / 2, at));
                default -> {
                    if (at < text.length()) {
                        text.setCharAt(at, (char) random.nextInt(256));
                    }
                }
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void commands() throws IOException {
        ImapDecoder decoder = new ImapDecoder(ImapLimits.SERVER);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = mutated(COMMANDS);
            MailboxEncoding encoding = round % 2 == 0 ? MailboxEncoding.MODIFIED_UTF7 : MailboxEncoding.UTF8;
            try {
                TaggedCommand command = decoder.decode(Octets.of(octets), encoding);
                read++;
                assertEquals(command, again(decoder, command, encoding), () -> text(octets));
            } catch (ImapSyntaxException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= octets.length, () -> text(octets));
            } catch (RuntimeException e) {
                throw new AssertionError(text(octets), e);
            }
        }
        // Else the mutations are so wild that only the first steps of the grammar are reached.
        assertTrue(read > ROUNDS / 50, "read " + read);
    }

    @Test
    void anErrorInAnEncodedMailboxNameIsWithinTheLine() {
        ImapDecoder decoder = new ImapDecoder(ImapLimits.SERVER);
        for (String name : List.of("ad&AAA-", "&", "&AGE-", "&2D0-", "&AOk-&AOk-", "x&=-")) {
            String line = "a CREATE \"" + name + '"';
            ImapSyntaxException e = assertThrows(
                    ImapSyntaxException.class,
                    () -> decoder.decode(Octets.ofText(line), MailboxEncoding.MODIFIED_UTF7));
            assertTrue(e.offset() >= 9 && e.offset() <= line.length(), () -> line + ": " + e.offset());
        }
    }

    private static TaggedCommand again(ImapDecoder decoder, TaggedCommand command, MailboxEncoding encoding)
            throws IOException, ImapSyntaxException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandEncoder encoder = new CommandEncoder(out, () -> {});
        encoder.encoding(encoding);
        encoder.write(command);
        encoder.flush();
        byte[] octets = out.toByteArray();
        return decoder.decode(Octets.of(octets, 0, octets.length - 2), encoding);
    }

    @Test
    void responses() throws IOException {
        ResponseDecoder decoder = new ResponseDecoder(ImapLimits.CLIENT);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = mutated(RESPONSES);
            MailboxEncoding encoding = round % 2 == 0 ? MailboxEncoding.MODIFIED_UTF7 : MailboxEncoding.UTF8;
            try {
                ImapResponse response = decoder.decode(Octets.of(octets), encoding);
                read++;
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImapEncoder encoder = new ImapEncoder(out);
                encoder.encoding(encoding);
                encoder.write(response);
                encoder.flush();
            } catch (ImapProtocolException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("response: "), e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError(text(octets), e);
            }
        }
        assertTrue(read > ROUNDS / 50, "read " + read);
    }

    @Test
    void streamsOfCommands() throws IOException {
        ImapLimits limits = new ImapLimits(200, 50, 300, 4, 10, 100);
        for (int round = 0; round < ROUNDS / 10; round++) {
            byte[] octets = stream(COMMANDS);
            Fragmenter fragmenter = new Fragmenter(new ByteArrayInputStream(octets), limits, () -> {});
            try {
                for (int frames = 0; ; frames++) {
                    assertTrue(frames <= octets.length, "no end");
                    Frame frame = fragmenter.read();
                    if (frame instanceof Frame.End || frame instanceof Frame.TooBig big && !big.inStep()) {
                        break;
                    }
                    if (frame instanceof Frame.Message message) {
                        if (random.nextBoolean()) {
                            if (!fragmenter.refuse()) {
                                break;
                            }
                        } else if (message.literal().size() < 1000) {
                            fragmenter.literal().readAllBytes();
                        } else {
                            break;
                        }
                    }
                }
            } catch (EOFException e) {
                assertTrue(e.getMessage() != null);
            } catch (RuntimeException e) {
                throw new AssertionError(text(octets), e);
            }
        }
    }

    @Test
    void streamsOfResponses() throws IOException {
        ImapLimits limits = new ImapLimits(2000, 50, 3000, 4, 10, 100);
        for (int round = 0; round < ROUNDS / 10; round++) {
            byte[] octets = stream(RESPONSES);
            ResponseReader reader = new ResponseReader(new ByteArrayInputStream(octets), limits);
            try {
                for (int count = 0; ; count++) {
                    assertTrue(count <= octets.length, "no end");
                    reader.read(
                            MailboxEncoding.UTF8,
                            random.nextBoolean() ? null : (n, before, value, size, in) -> in.read());
                }
            } catch (EOFException | ImapProtocolException e) {
                assertTrue(e.getMessage() != null);
            } catch (RuntimeException e) {
                throw new AssertionError(text(octets), e);
            }
        }
    }

    private byte[] stream(List<String> seeds) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = random.nextInt(5); i >= 0; i--) {
            stream.writeBytes(mutated(seeds));
            stream.writeBytes(new byte[] {'\r', '\n'});
        }
        return stream.toByteArray();
    }

    private static String text(byte[] octets) {
        return "seed " + SEED + ": " + new String(octets, StandardCharsets.ISO_8859_1);
    }
}
