package org.moxmail.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Many connections that idle in the Inbox of one account, RFC 2177. Not safe for many threads. */
public final class Idling implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final int SECONDS = 60;

    private final List<Imap> clients;

    private Idling(List<Imap> clients) {
        this.clients = clients;
    }

    /**
     * How long it took from the end of a message's data to each client hearing of it.
     *
     * @param notices of all deliveries
     * @param p50 milliseconds that half of them took at most
     * @param p99 milliseconds that ninety-nine of a hundred took at most
     * @param most milliseconds of the last
     */
    public record FanOut(int notices, double p50, double p99, double most) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d notices", p50, p99, most, notices);
        }
    }

    /** Connects, selects and idles so many times. */
    public static Idling start(Imap.Login login, int connections) throws IOException, InterruptedException {
        Imap[] clients = new Imap[connections];
        var turns = new Semaphore(AT_ONCE);
        var failure = new AtomicReference<Exception>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                turns.acquireUninterruptibly();
                try {
                    clients[number] = Imap.login(login, number, false);
                    clients[number].select("INBOX");
                    clients[number].idle();
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                } finally {
                    turns.release();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        var idling = new Idling(
                Arrays.stream(clients).filter(client -> client != null).toList());
        Exception cause = failure.get();
        if (cause != null) {
            idling.close();
            throw new IOException("idling: " + cause.getMessage(), cause);
        }
        return idling;
    }

    /** How many there are. */
    public int connections() {
        return clients.size();
    }

    /** Delivers one message after another to the account, each when everybody has heard of the one before. */
    public FanOut fanOut(Delivery.Plan plan, int deliveries) throws IOException, InterruptedException {
        long[] nanos = new long[clients.size() * deliveries];
        var failure = new AtomicReference<Exception>();
        List<CountDownLatch> heard = new ArrayList<>();
        for (int i = 0; i < deliveries; i++) {
            heard.add(new CountDownLatch(clients.size()));
        }
        for (int i = 0; i < clients.size(); i++) {
            int number = i;
            Thread.ofVirtual().start(() -> {
                try {
                    for (int round = 0; round < deliveries; round++) {
                        clients.get(number).awaitExists();
                        nanos[round * clients.size() + number] = System.nanoTime();
                        heard.get(round).countDown();
                    }
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
        try (var delivery = new Delivery(plan, 0)) {
            for (int round = 0; round < deliveries; round++) {
                long begin = delivery.timed();
                if (!heard.get(round).await(SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(
                            heard.get(round).getCount() + " clients did not hear of a message", failure.get());
                }
                for (int i = round * clients.size(); i < (round + 1) * clients.size(); i++) {
                    nanos[i] -= begin;
                }
            }
        }
        Arrays.sort(nanos);
        return new FanOut(
                nanos.length,
                millis(nanos, nanos.length / 2),
                millis(nanos, nanos.length * 99 / 100),
                millis(nanos, nanos.length - 1));
    }

    private static double millis(long[] nanos, int at) {
        return nanos[at] / 1e6;
    }

    @Override
    public void close() throws IOException {
        for (Imap client : clients) {
            client.close();
        }
    }
}
