package org.moxmail.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Texts as octets and back, and the laws' words. */
final class Texts {
    private Texts() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An octet as a char, or as the text that UTF-8 makes of it. */
    static String text(byte[] octets, RandomGenerator random) {
        return new String(octets, random.nextInt(4) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    static List<byte[]> split(String tokens) {
        return Arrays.stream(tokens.split(" "))
                .filter(token -> !token.isEmpty())
                .map(token -> token.replace("\\r", "\r")
                        .replace("\\n", "\n")
                        .replace("\\0", "\0")
                        .replace("\\s", " "))
                .map(Texts::octets)
                .toList();
    }

    /** A law: what is so must be as it should be. */
    static void same(String law, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(law + ": " + expected + " became " + actual);
        }
    }

    /** An error's words without its numbers. */
    static int kind(String words) {
        int hash = 0;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c < '0' || c > '9') {
                hash = 31 * hash + c;
            }
        }
        return hash;
    }

    /** A stream that gives the octets in pieces of any size. */
    static InputStream cut(byte[] octets, RandomGenerator random) {
        return new ByteArrayInputStream(octets) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, length < 2 ? length : 1 + random.nextInt(Math.min(length, 40)));
            }
        };
    }
}
