package org.moxmail.server.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.message.Localpart;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.time.testing.FakeTiming;

class RequestedFailuresTest {
    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aTimeoutTakesAnHour() throws Exception {
        RequestedFailures failures = new RequestedFailures(timing, true);
        Localpart localpart = Localpart.parse("x-timeout");
        List<SmtpReply> replies = new CopyOnWriteArrayList<>();
        Thread asking = Thread.ofVirtual()
                .start(() ->
                        failures.at(RequestedFailures.Stage.MESSAGE, localpart).ifPresent(replies::add));
        timing.awaitWaiters(1);
        timing.advance(Duration.ofMinutes(59));
        assertTrue(replies.isEmpty());
        timing.advance(Duration.ofMinutes(1));
        asking.join();
        assertEquals(451, replies.getFirst().code());
    }

    @Test
    void nothingFailsOnAnOrdinaryServer() throws Exception {
        RequestedFailures none = new RequestedFailures(timing, false);
        assertTrue(none.at(RequestedFailures.Stage.MESSAGE, Localpart.parse("permerror"))
                .isEmpty());
    }
}
