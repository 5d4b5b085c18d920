package org.moxmail.tlsrpt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files beside the tests. */
final class TestData {
    private TestData() {}

    static InputStream open(String file) {
        return Objects.requireNonNull(TestData.class.getResourceAsStream("/org/moxmail/tlsrpt/" + file), file);
    }

    static byte[] bytes(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    static String text(String file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }
}
