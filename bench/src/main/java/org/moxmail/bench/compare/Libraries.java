package org.moxmail.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.bench.standards.AggregateReportRead;
import org.moxmail.bench.standards.DkimLargeMail;
import org.moxmail.bench.standards.DkimVerification;
import org.moxmail.bench.standards.DmarcEvaluation;
import org.moxmail.bench.standards.JdkimVerification;
import org.moxmail.bench.standards.SpfEvaluation;
import org.moxmail.bench.standards.SpfPolicy;

/** The mail standards' libraries beside their peers, which JMH measures in Java machines of their own. */
final class Libraries {
    private static final String JSPF = "Apache jSPF 1.0.5";
    private static final String JDKIM = "Apache jDKIM 0.5";
    private static final String PRIMITIVES = "Signature, SHA-256";

    /** At most 1.3 times what the JDK's algorithms take alone. */
    private static final double OF_PRIMITIVES = 1 / 1.3;

    private final Jmh jmh;
    /** For a ratio near to its goal. */
    private final Jmh warmer;
    /** For a Java machine with a heap of its own. */
    private final Jmh forking;
    /** What the last run of ours told of the primitives, which it had beside it. */
    private @Nullable Double primitives;

    /** @param top the repository's top folder */
    Libraries(Pace pace, Path top) {
        List<String> times = Jmh.times(5, 2, pace.measured().toMillis() / 10);
        jmh = new Jmh(top, 0, times);
        warmer = new Jmh(top, 0, Jmh.times(10, 2, pace.measured().toMillis() / 10));
        forking = new Jmh(top, 1, times);
    }

    List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (SpfPolicy policy : SpfPolicy.values()) {
            all.add(spf(policy));
        }
        all.add(dkim("rsa", "rsa-sha256, 2048 bits"));
        all.add(dkim("ed25519", "ed25519-sha256"));
        all.add(dkimPeer());
        all.add(large(1, "one canonicalization"));
        all.add(large(2, "two canonicalizations"));
        all.add(dmarc());
        all.add(report());
        return all;
    }

    private Scenario spf(SpfPolicy policy) {
        String parameter = "policy=" + policy.name();
        return new Scenario(
                "spf-" + policy.id(),
                List.of(Metric.cost("SPF: " + policy.title(), "µs", Goal.timesThePeer(5))),
                round -> scores(jmh.run(SpfEvaluation.class, "mox", "-p", parameter), "mox"),
                round -> peer(JSPF, scores(jmh.run(SpfEvaluation.class, "jspf", "-p", parameter), "jspf")));
    }

    /** With the primitives and without the cache, all warm before any is measured. */
    private Scenario dkim(String algorithm, String title) {
        return new Scenario(
                "dkim-" + algorithm,
                List.of(
                        Metric.cost("DKIM, 4 KiB, " + title, "µs", Goal.timesThePeer(OF_PRIMITIVES)),
                        Metric.cost("… the key not in the cache", "µs", Goal.NONE)),
                round -> {
                    Map<String, Double> scores = warmer.run(
                            DkimVerification.class, "mox|moxCold|bare", "-p", "algorithm=" + algorithm, "-wm", "BULK");
                    primitives = score(scores, "bare");
                    return scores(scores, "mox", "moxCold");
                },
                round -> primitives());
    }

    private Optional<Scenario.Measured> primitives() {
        if (primitives == null) {
            throw new IllegalStateException("ours is measured first");
        }
        Figure figure = Figure.of(primitives);
        return Optional.of(new Scenario.Measured(PRIMITIVES, List.of(figure, figure)));
    }

    private Scenario dkimPeer() {
        String parameter = "algorithm=rsa";
        return new Scenario(
                "dkim-jdkim",
                List.of(Metric.cost(
                        "DKIM, 4 KiB, rsa-sha256, the peer without cache of keys", "µs", Goal.timesThePeer(2))),
                round -> scores(jmh.run(DkimVerification.class, "mox", "-p", parameter), "mox"),
                round -> peer(JDKIM, scores(jmh.run(JdkimVerification.class, "jdkim"), "jdkim")));
    }

    private Scenario large(int canonicalizations, String title) {
        String parameter = "canonicalizations=" + canonicalizations;
        return new Scenario(
                "dkim-large-" + canonicalizations,
                List.of(
                        Metric.cost("DKIM, 20 MB, four signatures, " + title, "ms", Goal.NONE),
                        Metric.cost("… allocated", "KB", Goal.atMost(512))),
                round -> {
                    Map<String, Double> scores = jmh.run(DkimLargeMail.class, "mox", "-p", parameter, "-prof", "gc");
                    return List.of(
                            Figure.of(score(scores, "mox")), Figure.of(score(scores, "mox:" + Jmh.ALLOCATED) / 1000));
                },
                round -> peer(
                        "SHA-256 of each",
                        List.of(
                                Figure.of(score(jmh.run(DkimLargeMail.class, "digest", "-p", parameter), "digest")),
                                Figure.of(Double.NaN))));
    }

    private Scenario dmarc() {
        return new Scenario(
                "dmarc",
                List.of(
                        Metric.cost("DMARC, a resolved record, aligned: allocated", "B", Goal.atMost(1024)),
                        Metric.cost("… not aligned", "B", Goal.atMost(1024))),
                round -> List.of(dmarcAllocated("example.org"), dmarcAllocated("provider.example")),
                round -> Optional.empty());
    }

    private Figure dmarcAllocated(String signer) throws IOException {
        Map<String, Double> scores = jmh.run(DmarcEvaluation.class, "mox", "-p", "signer=" + signer, "-prof", "gc");
        return Figure.of(score(scores, "mox:" + Jmh.ALLOCATED));
    }

    private Scenario report() {
        return new Scenario(
                "dmarc-report",
                List.of(Metric.cost("DMARC report of 10 MB, in a heap of 16 MB", "ms", Goal.NONE)),
                round -> scores(forking.run(AggregateReportRead.class, "mox"), "mox"),
                round -> Optional.empty());
    }

    private static Optional<Scenario.Measured> peer(String name, List<Figure> figures) {
        return Optional.of(new Scenario.Measured(name, figures));
    }

    private static List<Figure> scores(Map<String, Double> scores, String... names) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (String name : names) {
            figures.add(Figure.of(score(scores, name)));
        }
        return figures;
    }

    private static double score(Map<String, Double> scores, String name) throws IOException {
        Double score = scores.get(name);
        if (score == null) {
            throw new IOException("JMH told nothing of " + name);
        }
        return score;
    }
}
