package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.moxmail.message.testing.Mutations;

final class PartCodecTest {
    /** Has every field, words of the list, narrow and wide texts, lists, an embedded message. */
    private static Part full() {
        List<MailboxAddress> from = List.of(new MailboxAddress("Jürgen", null, "j", "x.example"));
        Envelope envelope = new Envelope(
                "Tue, 3 Mar 2026 09:05:07 +0100",
                "漢字 😀 \udcfc",
                from,
                from,
                List.of(new MailboxAddress(null, "@a,@b", "r", "y.example")),
                List.of(new MailboxAddress(null, null, "group", null), new MailboxAddress(null, null, null, null)),
                List.of(),
                List.of(),
                "<a@b>",
                "<c@d>");
        Part inner = new Part(
                900,
                1000,
                70_000,
                3,
                900,
                "text",
                "plain",
                List.of(new Parameter("charset", "utf-8")),
                null,
                null,
                "8bit",
                null,
                null,
                List.of(),
                List.of(),
                null,
                envelope,
                List.of(),
                null);
        Part message = new Part(
                800,
                900,
                70_000,
                2,
                1200,
                "message",
                "rfc822",
                List.of(),
                "<id@x>",
                "",
                null,
                "md5",
                "attachment",
                List.of(new Parameter("filename", "ü.eml")),
                List.of("de", "en"),
                "http://x/",
                null,
                List.of(),
                inner);
        return new Part(
                0,
                700,
                70_010,
                20,
                2000,
                "multipart",
                "mixed",
                List.of(new Parameter("boundary", "b")),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                envelope,
                List.of(message, message),
                null);
    }

    @Test
    void formatOneIsReadAndWrittenForEver() throws CorruptPartException {
        byte[] golden = HexFormat.of().parseHex(Corpus.text("part-format-1.hex").replaceAll("\\s", ""));
        assertEquals(full(), PartCodec.decode(golden));
        assertArrayEquals(golden, PartCodec.encode(full()));
    }

    @Test
    void structuresComeBackAndAreSmall() throws CorruptPartException {
        long octets = 0;
        int count = 0;
        for (String path : Corpus.messages()) {
            Part part = MessageParser.parse(Corpus.message(path));
            byte[] encoded = PartCodec.encode(part);
            assertEquals(part, PartCodec.decode(encoded), path);
            octets += encoded.length;
            count++;
        }
        assertTrue(octets / count < 1000, "octets on average: " + octets / count);
    }

    @Test
    void whatIsCutOffOrGoesOnIsCorrupt() {
        byte[] encoded = PartCodec.encode(full());
        for (int i = 0; i < encoded.length; i++) {
            byte[] cut = Arrays.copyOf(encoded, i);
            assertThrows(CorruptPartException.class, () -> PartCodec.decode(cut));
        }
        assertThrows(CorruptPartException.class, () -> PartCodec.decode(Arrays.copyOf(encoded, encoded.length + 1)));
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] encoded = PartCodec.encode(full());
        encoded[0] = 2;
        assertThrows(CorruptPartException.class, () -> PartCodec.decode(encoded));
    }

    @Test
    void damagedOctetsAreReadOrRefusedAndNothingElse() {
        RandomGenerator random = Mutations.random(7);
        byte[] encoded = PartCodec.encode(full());
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] damaged = Mutations.mutate(encoded, random);
            try {
                PartCodec.decode(damaged);
            } catch (CorruptPartException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000);
    }

    @Test
    void countsAndLengthsAreBelievedOnlyAsFarAsThereAreOctets() {
        // A header offset, lengths and so on of 0, and then 2^62 parameters or a text of as many chars.
        byte[] start = {1, 0, 0, 0, 0, 0, 2, 3};
        byte[] huge = HexFormat.of().parseHex("ffffffffffffffff3f");
        byte[] parameters = Arrays.copyOf(start, start.length + huge.length);
        System.arraycopy(huge, 0, parameters, start.length, huge.length);
        assertThrows(CorruptPartException.class, () -> PartCodec.decode(parameters));
        byte[] text = Arrays.copyOf(start, 6 + huge.length);
        System.arraycopy(huge, 0, text, 6, huge.length);
        assertThrows(CorruptPartException.class, () -> PartCodec.decode(text));
    }

    @Test
    void depthIsLimited() {
        Part part = full();
        for (int i = 0; i <= PartCodec.MAX_DEPTH; i++) {
            part = new Part(
                    0, 0, 0, 0, 0, "message", "rfc822", List.of(), null, null, null, null, null, List.of(), List.of(),
                    null, null, List.of(), part);
        }
        Part tooDeep = part;
        assertThrows(IllegalArgumentException.class, () -> PartCodec.encode(tooDeep));
        // The same in octets: a part in a part for as long as they last.
        byte[] one = {0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] octets = new byte[1 + one.length * 2000];
        octets[0] = 1;
        for (int i = 0; i < 2000; i++) {
            System.arraycopy(one, 0, octets, 1 + i * one.length, one.length);
        }
        assertThrows(CorruptPartException.class, () -> PartCodec.decode(octets));
    }
}
