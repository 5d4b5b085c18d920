package org.moxmail.bench.compare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Something to measure.
 *
 * @param id to choose it by
 * @param metrics that a measurement gives, one figure each
 * @param ours what is measured of ours
 * @param peers what is measured of the peer; gives nothing when the peer isn't there
 */
record Scenario(String id, List<Metric> metrics, Measurement ours, PeerMeasurement peers) {
    Scenario {
        metrics = List.copyOf(metrics);
    }

    /** Measures once. */
    @FunctionalInterface
    interface Measurement {
        /** @param round from 0 */
        List<Figure> measure(int round) throws IOException, InterruptedException;
    }

    /** Measures a peer once. */
    @FunctionalInterface
    interface PeerMeasurement {
        /** @param round from 0 */
        Optional<Measured> measure(int round) throws IOException, InterruptedException;
    }

    /**
     * What a peer did.
     *
     * @param name of the peer
     * @param figures one for each metric
     */
    record Measured(String name, List<Figure> figures) {}
}
