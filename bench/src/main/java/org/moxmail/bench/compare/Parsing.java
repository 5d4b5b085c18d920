package org.moxmail.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.moxmail.bench.MessageParse;

/** Parse of messages, which JMH measures in Java machines of its own. */
final class Parsing {
    private final Jmh jmh;

    /** @param top the repository's top folder, where the corpus is */
    Parsing(Pace pace, Path top) {
        jmh = new Jmh(top, 1, Jmh.times(2, 3, pace.measured().toMillis() / 3));
    }

    Scenario torture() {
        return scenario("torture", "Parse of the torture messages");
    }

    Scenario large() {
        return scenario("large", "Parse of a mail of 20 MB");
    }

    private Scenario scenario(String corpus, String title) {
        return new Scenario(
                "parse-" + corpus,
                List.of(Metric.cost(title, "ms", Goal.timesThePeer(3))),
                round -> List.of(jmh("mox", corpus)),
                round -> Optional.of(new Scenario.Measured("mime4j", List.of(jmh("mime4j", corpus)))));
    }

    private Figure jmh(String benchmark, String corpus) throws IOException {
        Double score =
                jmh.run(MessageParse.class, benchmark, "-p", "corpus=" + corpus).get(benchmark);
        if (score == null) {
            throw new IOException("JMH measured nothing");
        }
        return Figure.of(score);
    }
}
