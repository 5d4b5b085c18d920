package org.moxmail.bench.compare;

import java.time.Duration;
import java.util.List;

/**
 * How thorough a run is.
 *
 * @param rounds of each measurement, of which the median counts
 * @param firstWarmUp before the first round of a workload: both servers shall be warm
 * @param warmUp before each further round
 * @param measured time of each measurement
 * @param messages in the large mailbox
 * @param idlers connections that idle
 * @param notices messages that all of them shall hear of
 * @param settle before memory is looked at
 * @param growth messages in the mailboxes whose costs are compared
 * @param growthTimes so many times each command is given there
 */
record Pace(
        int rounds,
        Duration firstWarmUp,
        Duration warmUp,
        Duration measured,
        int messages,
        int idlers,
        int notices,
        Duration settle,
        List<Integer> growth,
        int growthTimes) {
    static final Pace FULL = new Pace(
            3,
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            10_000,
            1000,
            50,
            Duration.ofSeconds(2),
            List.of(1000, 100_000, 1_000_000),
            200);

    static final Pace SMOKE = new Pace(
            1,
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(400),
            300,
            50,
            2,
            Duration.ofMillis(200),
            List.of(100, 300, 1000),
            4);

    Pace withRounds(int rounds) {
        return new Pace(rounds, firstWarmUp, warmUp, measured, messages, idlers, notices, settle, growth, growthTimes);
    }

    Duration warmUp(int round) {
        return round == 0 ? firstWarmUp : warmUp;
    }
}
