package org.moxmail.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Has clients work at the same time, and counts what the server manages while all of them do. */
public final class Throughput {
    private final int clients;
    private final Duration warmUp;
    private final Duration measured;
    private final @Nullable ServerProcess server;

    /**
     * @param clients at the same time
     * @param warmUp time before counting begins
     * @param measured time that is counted
     * @param server whose processor time is counted; null for nobody's
     */
    public Throughput(int clients, Duration warmUp, Duration measured, @Nullable ServerProcess server) {
        this.clients = clients;
        this.warmUp = warmUp;
        this.measured = measured;
        this.server = server;
    }

    /** Runs the clients. Any failure of one is the failure of all. */
    public Rate measure(Worker.Source source) throws IOException, InterruptedException {
        var run = new Run();
        List<Client> started = IntStream.range(0, clients)
                .mapToObj(number -> new Client(run, source, number))
                .toList();
        List<Thread> threads = new ArrayList<>();
        for (Client client : started) {
            threads.add(Thread.ofVirtual().start(client));
        }
        run.ready.await();
        run.pause(warmUp);
        double cpuBefore = cpu();
        long begin = System.nanoTime();
        run.counting = true;
        run.pause(measured);
        run.counting = false;
        long end = System.nanoTime();
        double cpu = cpu() - cpuBefore;
        run.running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        run.check();
        return rate(started, (end - begin) / 1e9, cpu);
    }

    private double cpu() throws IOException {
        return server == null ? Double.NaN : server.cpuSeconds();
    }

    private static Rate rate(List<Client> clients, double seconds, double cpu) {
        int[] micros = clients.stream().flatMapToInt(Client::micros).sorted().toArray();
        if (micros.length == 0) {
            throw new IllegalStateException("the server did nothing in " + seconds + " s");
        }
        return new Rate(micros.length, seconds, cpu, percentile(micros, 0.5), percentile(micros, 0.99));
    }

    private static double percentile(int[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))] / 1000.0;
    }

    private final class Run {
        final CountDownLatch ready = new CountDownLatch(clients);
        final CountDownLatch failed = new CountDownLatch(1);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        volatile boolean running = true;
        volatile boolean counting;

        void pause(Duration time) throws InterruptedException {
            if (failed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                running = false;
            }
        }

        void fail(Throwable cause) {
            failure.compareAndSet(null, cause);
            failed.countDown();
        }

        void check() throws IOException {
            Throwable cause = failure.get();
            if (cause != null) {
                throw new IOException(String.valueOf(cause.getMessage()), cause);
            }
        }
    }

    private static final class Client implements Runnable {
        private final Run run;
        private final Worker.Source source;
        private final int number;
        private int[] micros = new int[1024];
        private int count;

        Client(Run run, Worker.Source source, int number) {
            this.run = run;
            this.source = source;
            this.number = number;
        }

        @Override
        public void run() {
            boolean ready = false;
            try (Worker worker = source.open(number)) {
                run.ready.countDown();
                ready = true;
                while (run.running) {
                    long begin = System.nanoTime();
                    worker.once();
                    if (run.counting) {
                        add((int) ((System.nanoTime() - begin) / 1000));
                    }
                }
            } catch (IOException | RuntimeException e) {
                run.fail(e);
            } finally {
                if (!ready) {
                    run.ready.countDown();
                }
            }
        }

        private void add(int micro) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, 2 * count);
            }
            micros[count++] = micro;
        }

        IntStream micros() {
            return IntStream.of(micros).limit(count);
        }
    }
}
