package org.moxmail.server.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.moxmail.time.testing.FakeTiming;

/**
 * Virtual threads that run one at a time on the caller's thread, in an order that a seed decides. Each turn lasts until the
 * thread waits for something. When all wait, time moves on. What runs in them must wait for locks, conditions and the fake
 * clock only, never for the real one or the network.
 */
public final class SeededThreads {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int IDLE_STEPS = 100_000;

    private final Random random;
    private final FakeTiming timing;
    private final List<Runnable> ready = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final ThreadFactory factory;

    public SeededThreads(long seed, FakeTiming timing) {
        random = new Random(seed);
        this.timing = timing;
        factory = virtual(this::enqueue).name("seeded-", 0).factory();
    }

    /** The JDK's builder has a constructor for its own tests that takes the threads' scheduler. */
    private static Thread.Builder.OfVirtual virtual(Executor scheduler) {
        try {
            Constructor<?> constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return (Thread.Builder.OfVirtual) constructor.newInstance(scheduler);
        } catch (InstantiationException
                | IllegalAccessException
                | InvocationTargetException
                | NoSuchMethodException
                | ClassNotFoundException e) {
            throw new IllegalStateException("this JDK's virtual threads take no scheduler", e);
        }
    }

    private void enqueue(Runnable turn) {
        synchronized (ready) {
            ready.add(turn);
        }
    }

    public ThreadFactory factory() {
        return factory;
    }

    /** Notes that something happened, and where in the order of turns. */
    public void note(String event) {
        trace.add(event);
    }

    /** What happened so far. */
    public List<String> trace() {
        return List.copyOf(trace);
    }

    /** Runs work in a thread of this kind, and all threads with it, until it is done and nobody has a turn. */
    public void run(Callable<?> work) throws Exception {
        Exception[] failure = new Exception[1];
        boolean[] done = new boolean[1];
        factory.newThread(() -> {
                    try {
                        work.call();
                    } catch (Exception e) {
                        failure[0] = e;
                    } finally {
                        done[0] = true;
                    }
                })
                .start();
        int idle = 0;
        for (Runnable turn = next(); turn != null || !done[0]; turn = next()) {
            if (turn != null) {
                turn.run();
                idle = 0;
            } else if (++idle > IDLE_STEPS) {
                throw new IllegalStateException("everybody waits for ever; so far: " + trace);
            } else {
                timing.advance(STEP);
            }
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private Runnable next() {
        synchronized (ready) {
            if (ready.isEmpty()) {
                return null;
            }
            int chosen = random.nextInt(ready.size());
            trace.add(chosen + "/" + ready.size());
            return ready.remove(chosen);
        }
    }
}
