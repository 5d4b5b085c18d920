package org.moxmail.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** The messages that the benchmarks read. */
final class Corpus {
    private Corpus() {}

    /**
     * The torture messages that mox-message's tests carry, with CRLF line ends.
     *
     * @param top the repository's top folder
     */
    static List<byte[]> torture(Path top) {
        Path folder = top.resolve("mox-message/src/test/resources");
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(msg|eml|txt|raw)"))
                    .filter(file -> !file.getFileName().toString().contains("LICENSE"))
                    .sorted()
                    .map(Corpus::crlf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] crlf(Path file) {
        try {
            byte[] octets = Files.readAllBytes(file);
            var out = new ByteArrayOutputStream(octets.length + octets.length / 32);
            byte last = 0;
            for (byte octet : octets) {
                if (octet == '\n' && last != '\r') {
                    out.write('\r');
                }
                out.write(octet);
                last = octet;
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mail of about 20 MB: text and three base64 attachments. */
    static byte[] large() {
        var random = new Random(20);
        var out = new ByteArrayOutputStream(21_000_000);
        out.writeBytes(ascii("From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: pictures\r\n"
                + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"outer-1234567890\"\r\n\r\n"));
        out.writeBytes(ascii("--outer-1234567890\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"));
        for (int i = 0; i < 5000; i++) {
            out.writeBytes(
                    ascii("Line " + i + " of a letter that somebody wrote, with the length that lines have.\r\n"));
        }
        for (int part = 0; part < 3; part++) {
            out.writeBytes(ascii("--outer-1234567890\r\nContent-Type: application/octet-stream; name=\"" + part
                    + ".bin\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
            byte[] data = new byte[4_800_000];
            random.nextBytes(data);
            out.writeBytes(Base64.getMimeEncoder().encode(data));
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("--outer-1234567890--\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
