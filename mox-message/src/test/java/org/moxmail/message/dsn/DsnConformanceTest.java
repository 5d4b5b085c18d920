package org.moxmail.message.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.MessageContent;

/**
 * Real notifications of many mail servers, and what Sisimai makes of them: as many recipients, the status, the reply code.
 * Where Sisimai tells a status that isn't in the notification ({@code x.0.9nn}), only its class counts. A case that comes
 * out differently is in {@code deviations.txt}, with its reason.
 */
final class DsnConformanceTest {
    private static final Path FOLDER = Path.of("src/test/resources/dsn");

    /** What is told of one recipient. */
    private record Expected(String status, String reply) {}

    static Stream<String> cases() throws IOException {
        return expected().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aNotificationSaysWhatTheSuiteSays(String file) throws IOException {
        String deviation = deviation(file);
        boolean listed = deviations().containsKey(file);
        assertEquals(listed, !deviation.isEmpty(), listed ? file + " deviates no longer" : file + ": " + deviation);
    }

    static Stream<String> others() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("sisimai"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .toList();
            List<String> others = new ArrayList<>(names);
            others.removeAll(expected().keySet());
            return others.stream().sorted();
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void aNotificationWithoutExpectationIsRead(String file) throws IOException, SyntaxException {
        Dsn dsn = Dsn.parse(
                MessageContent.of(Files.readAllBytes(FOLDER.resolve("sisimai").resolve(file))));
        assertEquals(DsnAction.FAILED, dsn.status().recipients().get(0).action());
        assertEquals(
                dsn.returned().isPresent(),
                dsn.originalHeader().first("Subject").isPresent(),
                file);
    }

    @Test
    void everyDeviationIsOfACase() throws IOException {
        assertTrue(expected().keySet().containsAll(deviations().keySet()));
        assertTrue(expected().size() > 100, "the suite is there");
    }

    /** How a case comes out differently; empty if it doesn't. */
    private static String deviation(String file) throws IOException {
        List<Expected> expected = Objects.requireNonNull(expected().get(file));
        Dsn dsn;
        try {
            dsn = Dsn.parse(MessageContent.of(
                    Files.readAllBytes(FOLDER.resolve("sisimai").resolve(file))));
        } catch (SyntaxException e) {
            return String.valueOf(e.getMessage());
        }
        List<DsnRecipient> recipients = dsn.status().recipients();
        if (recipients.size() != expected.size()) {
            return recipients.size() + " recipients instead of " + expected.size();
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            wrong.addAll(deviations(expected.get(i), recipients.get(i)));
        }
        return String.join("; ", wrong);
    }

    private static List<String> deviations(Expected expected, DsnRecipient recipient) {
        List<String> wrong = new ArrayList<>();
        DiagnosticCode diagnostic = recipient.diagnosticCode();
        String status = recipient.status().print();
        String told = diagnostic == null
                ? ""
                : diagnostic.smtpStatus().map(DsnStatus::print).orElse("");
        boolean derived = expected.status().matches("[245]\\.0\\.9[0-9]{2}");
        boolean same = derived
                ? status.charAt(0) == expected.status().charAt(0)
                        || told.startsWith(expected.status().substring(0, 1))
                : status.equals(expected.status()) || told.equals(expected.status());
        if (!same && !expected.status().isEmpty()) {
            wrong.add("status " + status + " (reply " + told + ") instead of " + expected.status());
        }
        String reply = diagnostic == null || diagnostic.smtpCode().isEmpty()
                ? ""
                : Integer.toString(diagnostic.smtpCode().getAsInt());
        if (!reply.isEmpty() && !reply.equals(expected.reply())) {
            wrong.add("reply " + reply + " instead of " + expected.reply());
        }
        return wrong;
    }

    /** File to reason. */
    private static Map<String, String> deviations() throws IOException {
        Map<String, String> deviations = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("deviations.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split(": ", 2);
                assertEquals(2, columns.length, line);
                deviations.put(columns[0], columns[1]);
            }
        }
        return deviations;
    }

    private static Map<String, List<Expected>> expected() throws IOException {
        Map<String, List<Expected>> cases = new TreeMap<>();
        try (JsonParser json =
                new JsonFactory().createParser(Files.readString(FOLDER.resolve("sisimai-expected.json")))) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String file = json.currentName();
                List<Expected> recipients = new ArrayList<>();
                json.nextToken();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    Map<String, String> values = new HashMap<>();
                    while (json.nextToken() != JsonToken.END_OBJECT) {
                        String name = json.currentName();
                        json.nextToken();
                        values.put(name, json.getText());
                    }
                    recipients.add(new Expected(values.getOrDefault("status", ""), values.getOrDefault("reply", "")));
                }
                cases.put(file, recipients);
            }
        }
        return cases;
    }
}
