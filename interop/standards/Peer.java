import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers questions from standard input: a line of words apart by tabs each, octets as ISO 8859-1, with a line of the same form. */
final class Peer {
    interface Answerer {
        List<String> answer(List<String> words) throws Exception;
    }

    private Peer() {}

    static void serve(Answerer answerer) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.ISO_8859_1);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = new ArrayList<>();
            for (String word : line.split("\t", -1)) {
                words.add(plain(word));
            }
            List<String> answer;
            try {
                answer = answerer.answer(words);
            } catch (Exception e) {
                e.printStackTrace();
                answer = List.of("!", e.toString());
            }
            out.print(String.join("\t", answer.stream().map(Peer::escaped).toList()) + "\n");
            out.flush();
        }
    }

    static byte[] octets(String word) {
        return word.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String plain(String word) {
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            i++;
            switch (word.charAt(i)) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                default -> plain.append(word.charAt(i));
            }
        }
        return plain.toString();
    }
}
