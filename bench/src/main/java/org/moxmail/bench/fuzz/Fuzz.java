package org.moxmail.bench.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Feeds all parsers with mutated input on two threads until enough inputs or seconds have passed, or one fails. A failure is
 * an exception that the parser doesn't declare, a broken law, or an input that takes a second. Each target gets the same time.
 * Prints what was done every ten seconds, and for a failure the seed and the input; the exit code tells.
 */
final class Fuzz {
    private static final int THREADS = 2;
    private static final long TURN_NANOS = 20_000_000;
    private static final long SLOW_NANOS = 1_000_000_000;
    private static final long STUCK_NANOS = 30_000_000_000L;

    private final long seed;
    private final String only;
    private final Path failures;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean failed = new AtomicBoolean();

    private Fuzz(long seed, String only, Path failures) {
        this.seed = seed;
        this.only = only;
        this.failures = failures;
    }

    public static void main(String[] args) throws InterruptedException {
        long inputs = Long.MAX_VALUE;
        long seconds = -1;
        long seed = System.nanoTime();
        String only = "";
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--inputs" -> inputs = Long.parseLong(args[i + 1].replace("_", ""));
                case "--seconds" -> seconds = Long.parseLong(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                case "--target" -> only = args[i + 1];
                default -> usage();
            }
        }
        if (args.length % 2 != 0) {
            usage();
        }
        if (seconds < 0) {
            seconds = inputs == Long.MAX_VALUE ? 60 : Long.MAX_VALUE / 1_000_000_000;
        }
        Path folder = Path.of(System.getProperty("mox.top", "."), "bench/target/fuzz");
        System.exit(new Fuzz(seed, only, folder).run(inputs, seconds) ? 0 : 1);
    }

    private static void usage() {
        System.err.println("fuzz [--inputs N] [--seconds S] [--seed N] [--target start-of-name]");
        System.exit(2);
    }

    /** What a thread is at. */
    private static final class Work {
        volatile String target = "";
        volatile byte[] input = {};
        volatile long since;
    }

    private boolean run(long inputs, long seconds) throws InterruptedException {
        System.out.println("seed " + seed);
        List<Work> works = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Work work = new Work();
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i);
            works.add(work);
            threads.add(Thread.ofPlatform().daemon().start(() -> work(work, random)));
        }
        long start = System.nanoTime();
        long printed = start;
        while (!over.get()) {
            Thread.sleep(100);
            long now = System.nanoTime();
            for (Work work : works) {
                long since = work.since;
                if (since != 0 && now - since > STUCK_NANOS) {
                    fail(work.target, work.input, "doesn't end", null);
                }
            }
            if (now - printed >= 10_000_000_000L) {
                printed = now;
                progress(now - start);
            }
            if (total() >= inputs || (now - start) / 1_000_000_000 >= seconds) {
                over.set(true);
            }
        }
        for (Thread thread : threads) {
            thread.join(2_000);
        }
        progress(System.nanoTime() - start);
        new TreeMap<>(counts)
                .forEach((name, count) -> System.out.printf(Locale.ROOT, "%-24s %,15d%n", name, count.sum()));
        System.out.println(failed.get() ? "FAILED" : "clean");
        return !failed.get();
    }

    private long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private void progress(long nanos) {
        long total = total();
        System.out.printf(
                Locale.ROOT,
                "%6d s %,15d inputs %,10d/s%n",
                nanos / 1_000_000_000,
                total,
                total * 1_000_000_000L / Math.max(1, nanos));
    }

    private static List<FuzzTarget> targets() {
        List<FuzzTarget> targets = new ArrayList<>();
        for (Supplier<List<FuzzTarget>> module : List.<Supplier<List<FuzzTarget>>>of(
                MessageTargets::all,
                DsnTargets::all,
                SmtpTargets::all,
                ImapTargets::all,
                SaslTargets::all,
                DnsTargets::all,
                DmarcTargets::all,
                TlsRptTargets::all,
                AuthenticationTargets::all)) {
            targets.addAll(module.get());
        }
        return targets;
    }

    private void work(Work work, RandomGenerator random) {
        List<FuzzTarget> targets = targets().stream()
                .filter(target -> target.name().startsWith(only))
                .toList();
        if (targets.isEmpty()) {
            System.err.println("no target " + only);
            failed.set(true);
            over.set(true);
            return;
        }
        List<Mutator> mutators =
                targets.stream().map(target -> new Mutator(target, random)).toList();
        for (int i = 0; !over.get(); i = (i + 1) % targets.size()) {
            turn(targets.get(i), mutators.get(i), work, random);
        }
    }

    private void turn(FuzzTarget target, Mutator mutator, Work work, RandomGenerator random) {
        work.target = target.name();
        long start = System.nanoTime();
        long before = start;
        long count = 0;
        while (before - start < TURN_NANOS && !over.get()) {
            byte[] input = mutator.next();
            work.input = input;
            work.since = before;
            if (!trial(target, input, mutator, random)) {
                return;
            }
            long now = System.nanoTime();
            if (now - before > SLOW_NANOS && isSlow(target, input, random)) {
                return;
            }
            before = now;
            count++;
        }
        work.since = 0;
        counts.computeIfAbsent(target.name(), name -> new LongAdder()).add(count);
    }

    private boolean trial(FuzzTarget target, byte[] input, Mutator mutator, RandomGenerator random) {
        try {
            mutator.outcome(input, target.run(input, random));
            return true;
        } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
            fail(target.name(), input, "failed", e);
            return false;
        }
    }

    /** The machine may have been busy with other things: what counts is the time that the input takes once more. */
    private boolean isSlow(FuzzTarget target, byte[] input, RandomGenerator random) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        try {
            target.run(input, random);
        } catch (Exception | AssertionError e) {
            fail(target.name(), input, "failed when repeated", e);
            return true;
        }
        long took = threads.getCurrentThreadCpuTime() - before;
        if (took > SLOW_NANOS) {
            fail(target.name(), input, "took " + took / 1_000_000 + " ms", null);
            return true;
        }
        return false;
    }

    private synchronized void fail(String target, byte[] input, String what, @Nullable Throwable cause) {
        over.set(true);
        failed.set(true);
        System.out.println(target + " " + what + ", seed " + seed + ", input "
                + HexFormat.of().formatHex(input));
        if (cause != null) {
            cause.printStackTrace(System.out);
        }
        try {
            Files.createDirectories(failures);
            Path file = failures.resolve(target + "-" + Integer.toHexString(Arrays.hashCode(input)));
            Files.write(file, input);
            System.out.println("the input is in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
