package org.moxmail.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.store.Secret;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PasswordsTest {
    private static final char[] RIGHT = "correct horse".toCharArray();
    private static final char[] WRONG = "battery staple".toCharArray();

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");

    private static PasswordSettings settings(int kibibytes, int atOnce) {
        return new PasswordSettings(8, kibibytes, 1, atOnce, Duration.ofSeconds(20));
    }

    /** Fails when it is asked to hash: what it answers it remembers. */
    private static Passwords rememberingOnly(Passwords passwords, Turns turns, int atOnce) throws IOException {
        for (int i = 0; i < atOnce; i++) {
            turns.acquire();
        }
        return passwords;
    }

    @Test
    void aRightPasswordIsRememberedAndAWrongOneIsNot() throws Exception {
        Turns turns = new Turns(2, Duration.ofSeconds(20), timing);
        Passwords passwords = new Passwords(settings(64, 2), turns, timing, new SecureRandom());
        Secret stored = passwords.derive(RIGHT).getFirst();
        assertFalse(passwords.verify(WRONG, stored));
        assertTrue(passwords.verify(RIGHT, stored));
        // From here on nothing can be hashed: all turns are taken, and time passes as soon as somebody waits for one.
        rememberingOnly(passwords, turns, 2);
        assertTrue(passwords.verify(RIGHT, stored));
        assertIsRefusedForNow(passwords, WRONG, stored);
        timing.advance(Duration.ofMinutes(15));
        assertIsRefusedForNow(passwords, RIGHT, stored);
    }

    private void assertIsRefusedForNow(Passwords passwords, char[] password, Secret stored) throws Exception {
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> answer = other.submit(() -> passwords.verify(password, stored));
            timing.awaitWaiters(1);
            timing.advance(Duration.ofSeconds(20));
            Throwable failure = Objects.requireNonNull(
                    assertThrows(Exception.class, answer::get).getCause());
            assertEquals("too many passwords wait to be checked", failure.getMessage());
        }
    }

    @Test
    void withAnotherStoredHashNothingThatWasRememberedCounts() throws Exception {
        Passwords passwords = new Passwords(settings(64, 2), timing, new SecureRandom());
        Secret before = passwords.derive(RIGHT).getFirst();
        assertTrue(passwords.verify(RIGHT, before));
        Secret after = passwords.derive(WRONG).getFirst();
        assertFalse(passwords.verify(RIGHT, after));
        assertTrue(passwords.verify(WRONG, after));
    }

    @Test
    void whoeverHasNoPasswordIsRefusedAfterTheSameWork() throws Exception {
        Turns turns = new Turns(1, Duration.ofSeconds(20), timing);
        Passwords passwords = new Passwords(settings(64, 1), turns, timing, new SecureRandom());
        assertFalse(passwords.verify(RIGHT, null));
        turns.acquire();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> answer = other.submit(() -> passwords.verify(RIGHT, null));
            timing.awaitWaiters(1);
            turns.release();
            assertFalse(answer.get());
        }
    }

    @Test
    void manyConnectionsOfOneClientCostOneHash() throws Exception {
        // Computing one takes long enough for the others to arrive.
        Passwords passwords = new Passwords(settings(4096, 1), Timing.system(), new SecureRandom());
        Secret stored = passwords.derive(RIGHT).getFirst();
        AtomicInteger right = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(clients.submit(() -> passwords.verify(RIGHT, stored) ? right.incrementAndGet() : 0));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals(200, right.get());
    }

    @Test
    void noMoreThanSoManyHaveATurn() throws Exception {
        Turns turns = new Turns(2, Duration.ofSeconds(20), Timing.system());
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(threads.submit(() -> {
                    turns.acquire();
                    try {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        return now.decrementAndGet();
                    } finally {
                        turns.release();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertTrue(most.get() <= 2, "at once: " + most);
    }
}
