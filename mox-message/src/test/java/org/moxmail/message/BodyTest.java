package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.message.testing.Mutations;

/** Transfer encodings and charsets. */
final class BodyTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "quoted-printable,a=20b,a b,false",
                "quoted-printable,a=\\r\\nb,ab,false",
                "quoted-printable,a=\\nb,ab,false",
                "quoted-printable,a= \\t\\r\\nb,ab,false",
                "quoted-printable,a  \\r\\nb,a\\r\\nb,false",
                "quoted-printable,a  b\\t,a  b,false",
                "quoted-printable,a=,a,true",
                "quoted-printable,=e9=E9,éé,false",
                "quoted-printable,=xy,=xy,true",
                "quoted-printable,=e,=e,true",
                "quoted-printable,==41,=A,true",
                "quoted-printable,=\\rx,=\\rx,true",
                "quoted-printable,= x,= x,true",
                "base64,aGVsbG8=,hello,false",
                "base64,aGVs\\r\\nbG8=\\r\\n,hello,false",
                "base64,a G V s b G 8 =,hello,false",
                "base64,aGVs*bG8=,hello,true",
                "base64,aGVsbG8,hello,true",
                "base64,aGVsbG8=aGVsbG8=,hellohello,true",
                "base64,====,``,false",
                "base64,a,``,true",
                "7bit,a=20\\r\\n,a=20\\r\\n,false",
            })
    void encodedBodiesAreDecodedAsFarAsTheyGo(String name, String encoded, String decoded, boolean damaged)
            throws IOException {
        DecodedStream stream =
                TransferEncoding.find(name).orElseThrow().decode(new ByteArrayInputStream(octets(unescape(encoded))));
        assertEquals(unescape(decoded), new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
        assertEquals(damaged, stream.damaged());
    }

    @Test
    void uuencodedFilesAreDecoded() throws IOException {
        String text = "Here it is:\r\n\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nbye\r\n";
        DecodedStream stream = TransferEncoding.UUENCODE.decode(new ByteArrayInputStream(octets(text)));
        assertEquals("Cat", new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
        assertEquals(false, stream.damaged());
        DecodedStream cut = TransferEncoding.UUENCODE.decode(new ByteArrayInputStream(octets("begin 644 x\n#0V")));
        assertEquals(3, cut.readAllBytes().length);
        assertTrue(cut.damaged());
    }

    /** Gives at most as many octets as chance has it. */
    private static InputStream dribble(byte[] octets, RandomGenerator random) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(5)));
            }
        };
    }

    private static byte[] dribbled(InputStream in, RandomGenerator random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[7];
        int read = 0;
        while (read >= 0) {
            out.write(buffer, 0, read);
            if (random.nextInt(4) == 0) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                out.write(octet);
            }
            read = in.read(buffer, 0, 1 + random.nextInt(7));
        }
        return out.toByteArray();
    }

    @Property(tries = 500)
    void whatIsEncodedComesBackInAnyPieces(@ForAll byte[] random, @ForAll long seed) throws IOException {
        RandomGenerator chance = Mutations.random(seed);
        byte[] octets = random.clone();
        for (int i = 0; i < octets.length; i++) {
            if (chance.nextInt(3) == 0) {
                octets[i] = (byte) "\r\n =Fa".charAt(chance.nextInt(6));
            }
        }
        for (TransferEncoding encoding :
                new TransferEncoding[] {TransferEncoding.BASE64, TransferEncoding.QUOTED_PRINTABLE}) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            TransferEncoders.write(octets, encoding, encoded);
            for (String line : encoded.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
                assertTrue(line.length() <= 76 && HeaderFields.isAscii(line), line);
                assertTrue(!line.endsWith(" ") && !line.startsWith("From "), line);
            }
            DecodedStream stream = encoding.decode(dribble(encoded.toByteArray(), chance));
            assertArrayEquals(octets, dribbled(stream, chance));
            assertEquals(false, stream.damaged());
        }
    }

    @Test
    void anUnknownEncodingIsTold() {
        byte[] message = octets("Content-Transfer-Encoding: x-new\r\n\r\nbody");
        Part part = MessageParser.parse(message);
        assertEquals(Optional.empty(), PartBody.decoded(MessageContent.of(message), part));
        assertEquals(Optional.empty(), TransferEncoding.find("x-new"));
        assertEquals(Optional.of(TransferEncoding.SEVEN_BIT), TransferEncoding.find(null));
        assertEquals(Optional.of(TransferEncoding.EIGHT_BIT), TransferEncoding.find("8BIT"));
    }

    private static String text(String header, String body) throws IOException {
        byte[] message = octets(header + "\r\n\r\n" + body);
        Part part = MessageParser.parse(message);
        try (var reader = PartBody.text(MessageContent.of(message), part)) {
            StringBuilder text = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
            return text.toString();
        }
    }

    @Test
    void textIsDecodedByItsCharset() throws IOException {
        assertEquals("é€", text("Content-Type: text/plain; charset=iso-8859-1", "\u00e9\u0080"));
        assertEquals("Ж", text("Content-Type: text/plain; charset=KOI8-R", "\u00f6"));
        assertEquals("é", text("Content-Type: text/plain; charset=\"utf8\"", "\u00c3\u00a9"));
        assertEquals("é", text("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", "w6k="));
        assertEquals("\ufffd", text("Content-Type: text/plain; charset=utf-8", "\u00ff"));
        // Nothing told, or nothing known.
        assertEquals("é", text("Subject: x", "\u00c3\u00a9"));
        assertEquals("é", text("Subject: x", "\u00e9"));
        assertEquals("é", text("Content-Type: text/plain; charset=x-nobody-knows", "\u00c3\u00a9"));
        // A character over the border of what is looked at.
        assertEquals("a".repeat(4095) + "é", text("Subject: x", "a".repeat(4095) + "\u00c3\u00a9"));
    }
}
