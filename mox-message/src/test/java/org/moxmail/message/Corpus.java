package org.moxmail.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Messages and vectors of other projects, in the resources. */
final class Corpus {
    private Corpus() {}

    static byte[] octets(String path) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream("/" + path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        return new String(octets(path), StandardCharsets.UTF_8);
    }

    /** The paths of all messages below {@code mime/}. */
    static List<String> messages() {
        return text("mime/INDEX").lines().toList();
    }

    /** A message as a store has it: line ends are CRLF, and an mbox line in front is gone. */
    static byte[] message(String path) {
        byte[] octets = octets("mime/" + path);
        int from = 0;
        if (octets.length > 5 && new String(octets, 0, 5, StandardCharsets.ISO_8859_1).equals("From ")) {
            while (octets[from] != '\n') {
                from++;
            }
            from++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 1000);
        try (CrlfOutputStream crlf = new CrlfOutputStream(out)) {
            crlf.write(octets, from, octets.length - from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
