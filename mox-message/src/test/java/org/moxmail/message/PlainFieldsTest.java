package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.message.testing.Mutations;

/** The short ways through headers and bodies read what the long ones do. */
final class PlainFieldsTest {
    private static final String[] PIECES = {
        "text",
        "/",
        "plain",
        ";",
        " ",
        "charset",
        "=",
        "utf-8",
        "\"",
        "a b",
        "*",
        "(",
        ")",
        "\\",
        "name",
        "é",
        ",",
        "<",
        ">",
        "@",
        ".",
        "x.y",
        "a@b.example",
        "Ann",
        "[",
        "]",
        ":",
        "\t",
        "boundary=b",
        "attachment; ",
        "  ",
        "\u007f",
        "\"Ann B\" ",
        "<a@b>",
        "UTF-8"
    };

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        // Fields' texts have no blanks at their ends.
        return text.toString().strip();
    }

    private static HeaderScan scan(String text) {
        byte[] octets = HeaderText.encode("X: " + text + "\r\n");
        HeaderScan scan = new HeaderScan(octets, 0, octets.length);
        assertTrue(scan.next());
        scan.findText();
        return scan;
    }

    @Test
    void parametersAreReadAlikeOrLeft() {
        RandomGenerator random = Mutations.random(2045);
        PlainParameters plain = new PlainParameters();
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);
            boolean mediaType = random.nextBoolean();
            if (plain.read(scan(text), mediaType)) {
                read++;
                String value = mediaType ? plain.value() + '/' + plain.subtype() : plain.value();
                assertEquals(
                        ParameterizedValue.parseLenient(text, mediaType),
                        new ParameterizedValue(value, plain.parameters(), false),
                        text);
            }
        }
        assertTrue(read > 2_000, "read " + read);
    }

    @Test
    void addressesAreReadAlikeOrLeft() {
        RandomGenerator random = Mutations.random(5322);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);
            HeaderScan scan = scan(text);
            List<MailboxAddress> plain = PlainAddresses.read(scan.text(), scan.textFrom(), scan.textTo());
            if (plain != null) {
                read++;
                assertEquals(AddressList.parseLenient(text, Integer.MAX_VALUE), new AddressList(plain, false), text);
            }
        }
        assertTrue(read > 2_000, "read " + read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "Text/HTML; Charset=UTF-8",
                "multipart/mixed; boundary=\"a b\"; type=x",
                "text/plain;charset=utf-8;;",
                "image/png; name=a.png; name=b.png",
                "application/x-never-heard-of; some-parameter=some-value"
            })
    void ordinaryParametersAreNotLeft(String text) {
        assertTrue(new PlainParameters().read(scan(text), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example",
                "<a.b@c.example>",
                "Ann <a@b>, Bob B. Bobson <b@c>,\tc@d",
                "\"B, Ann\" <a@b>",
                "\"x\"<a@b>"
            })
    void ordinaryAddressesAreNotLeft(String text) {
        HeaderScan scan = scan(text);
        assertNotNull(PlainAddresses.read(scan.text(), scan.textFrom(), scan.textTo()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b (c)", "g: a@b;", "<@a:b@c>", "\"a\"@b", "a@[1.2.3.4]", "a. b@c", "Ann", "é <a@b>", ""})
    void otherAddressesAreLeft(String text) {
        HeaderScan scan = scan(text);
        assertNull(PlainAddresses.read(scan.text(), scan.textFrom(), scan.textTo()));
    }

    @Test
    void commonWordsAreTheWordsThatStandThere() {
        RandomGenerator random = Mutations.random(4);
        String[] words = {
            "text", "TEXT", "Plain", "utf-8", "UTF-8", "Utf-8", "base64", "x", "boundary", "boundarz", "name"
        };
        for (int i = 0; i < 20_000; i++) {
            String word = words[random.nextInt(words.length)];
            byte[] octets = word.getBytes(StandardCharsets.US_ASCII);
            if (random.nextBoolean()) {
                octets[random.nextInt(octets.length)] = (byte) ('!' + random.nextInt(94));
            }
            String text = new String(octets, StandardCharsets.US_ASCII);
            assertEquals(text, CommonWords.exact(octets, 0, octets.length));
            assertEquals(text.toLowerCase(Locale.ROOT), CommonWords.lower(octets, 0, octets.length));
        }
        byte[] octets = {'u', 't', 'f', '-', '8'};
        assertEquals(
                System.identityHashCode(CommonWords.exact(octets, 0, 5)),
                System.identityHashCode(CommonWords.lower(octets, 0, 5)));
    }

    @Test
    void blocksAreCountedAndLinesWithHyphensSeen() {
        RandomGenerator random = Mutations.random(5);
        for (int i = 0; i < 3_000; i++) {
            byte[] octets = new byte[LineFeeds.BLOCK + 20];
            for (int k = 0; k < octets.length; k++) {
                octets[k] = (byte) "\n\u000b\u008a-,.ab".charAt(random.nextInt(8));
            }
            if (i % 3 > 0) {
                // Lines that don't begin with a hyphen.
                for (int k = 1; k < octets.length; k++) {
                    octets[k] = octets[k] == '-' && octets[k - 1] == '\n' ? (byte) '.' : octets[k];
                }
            }
            int at = random.nextInt(20);
            boolean hyphen = false;
            int count = 0;
            for (int k = at; k < at + LineFeeds.BLOCK; k++) {
                count += octets[k] == '\n' ? 1 : 0;
                hyphen |= octets[k] == '\n' && octets[k + 1] == '-';
            }
            assertEquals(hyphen ? ~count : count, LineFeeds.block(octets, at));
            assertEquals(count, LineFeeds.count(octets, at, at + LineFeeds.BLOCK));
        }
        byte[] full = new byte[LineFeeds.BLOCK + 1];
        java.util.Arrays.fill(full, (byte) '\n');
        assertEquals(LineFeeds.BLOCK, LineFeeds.block(full, 0));
        assertFalse(LineFeeds.isAscii(new byte[] {'a', 'b', (byte) 0x80}, 0, 3));
    }
}
