package org.moxmail.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shapes of messages as another parser tells them in events. */
final class Mime4jStructureTest {
    private static final Pattern TAG = Pattern.compile("<(/?)(message|multipart|body-part|body)>");

    /** Messages whose shape we see otherwise, and why. */
    private static final Map<String, String> OTHER_SHAPES = Map.of(
            "mime4j/mimetools-testmsgs/multi-2gifs-base64.msg",
            "an embedded message in base64, against RFC 2046 §5.2.1, is left unopened",
            "mime4j/testmsgs/bad-newlines-multiple-parts-base64.msg",
            "the same",
            "mime4j/testmsgs/base64encoded-rfc822message-nested.msg",
            "the same");

    /** Such as {@code M(b,m(M(b)))}: a multipart of a leaf and an embedded message. */
    private static String shape(Part part) {
        StringBuilder shape = new StringBuilder();
        Part message = part.message();
        if (part.isMultipart() && part.parameter("boundary").isPresent()) {
            shape.append("P(");
            part.parts().forEach(inner -> shape.append(shape(inner)));
            shape.append(')');
        } else if (message != null) {
            shape.append("M(").append(shape(message)).append(')');
        } else {
            shape.append('b');
        }
        return shape.toString();
    }

    private static String shape(String events) {
        StringBuilder shape = new StringBuilder();
        Matcher tag = TAG.matcher(events);
        int messages = 0;
        while (tag.find()) {
            boolean end = tag.group(1).equals("/");
            switch (tag.group(2)) {
                case "message" -> {
                    messages += end ? -1 : 1;
                    boolean outermost = end ? messages == 0 : messages == 1;
                    shape.append(outermost ? "" : end ? ")" : "M(");
                }
                case "multipart" -> shape.append(end ? ")" : "P(");
                case "body" -> shape.append(end ? "" : "b");
                default -> {
                    // What is inside a body part tells itself.
                }
            }
        }
        return shape.toString();
    }

    @Test
    void shapesAreThoseThatAnotherParserTells() {
        Map<String, String> different = new TreeMap<>();
        int count = 0;
        List<String> paths = Corpus.messages().stream()
                .filter(path -> path.startsWith("mime4j/"))
                .toList();
        for (String path : paths) {
            String events = new String(
                    Corpus.octets("mime/" + path.replaceAll("\\.msg$", ".xml")),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
            String theirs = shape(events);
            String ours = shape(MessageParser.parse(Corpus.octets("mime/" + path)));
            if (!theirs.equals(ours) && !OTHER_SHAPES.containsKey(path)) {
                different.put(path, "they " + theirs + " we " + ours);
            }
            count++;
        }
        assertEquals(39, count);
        assertEquals(Map.of(), different);
    }
}
