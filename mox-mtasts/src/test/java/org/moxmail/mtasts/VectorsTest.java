package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.moxmail.dns.SyntaxException;

/** The parser tests of another implementation. */
class VectorsTest {
    record Vector(String kind, String expected, String text) {}

    static List<Vector> vectors() throws Exception {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = VectorsTest.class.getResourceAsStream("/mtasts/mox-vectors.json");
                JsonParser json = new JsonFactory().createParser(in)) {
            Map<String, String> vector = new HashMap<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    vector.put(json.currentName(), json.getText());
                } else if (token == JsonToken.END_OBJECT) {
                    vectors.add(new Vector(
                            vector.getOrDefault("kind", ""),
                            vector.getOrDefault("expected", ""),
                            vector.getOrDefault("text", "")));
                    vector.clear();
                }
            }
        }
        assertTrue(vectors.size() >= 20, "the vectors are there");
        return vectors;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anotherParserAgrees(Vector vector) throws Exception {
        String text = vector.text();
        boolean record = vector.kind().equals("record");
        if (vector.expected().equals("invalid")) {
            assertThrows(SyntaxException.class, () -> parseAndPrint(record, text));
        } else {
            String printed = parseAndPrint(record, text);
            assertEquals(printed, parseAndPrint(record, printed));
        }
    }

    private static String parseAndPrint(boolean record, String text) throws SyntaxException {
        return record
                ? MtaStsRecord.parse(text).print()
                : MtaStsPolicy.parse(text).print();
    }
}
