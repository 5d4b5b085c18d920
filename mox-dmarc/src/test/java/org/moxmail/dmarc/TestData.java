package org.moxmail.dmarc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The files beside the tests. */
public final class TestData {
    private TestData() {}

    public static InputStream open(String file) {
        return Objects.requireNonNull(TestData.class.getResourceAsStream("/org/moxmail/dmarc/" + file), file);
    }

    public static byte[] bytes(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    public static Tree json(String file) throws IOException {
        try (InputStream in = open(file)) {
            return new Tree(JsonTree.read(in));
        }
    }

    /** What is expected instead of what a suite says, by the case's name. */
    public static Map<String, String> deviations() throws IOException {
        Map<String, String> deviations = new LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open("deviations.txt"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] words = line.split("[ :]+", 3);
                    deviations.put(words[0], words[1]);
                }
            }
        }
        return deviations;
    }
}
