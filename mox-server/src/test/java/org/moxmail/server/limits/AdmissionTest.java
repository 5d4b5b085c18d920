package org.moxmail.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.time.testing.FakeTiming;

class AdmissionTest {
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final LimitSettings settings = new LimitSettings(
            100,
            new AddressLimits(5, 50, 500),
            new AddressLimits(2, 20, 200),
            List.of(new RateLimiter.Window(Duration.ofMinutes(1), new AddressLimits(3, 30, 300))),
            false,
            Duration.ofMinutes(1));
    private final FailedLogins failedLogins = new FailedLogins(timing, settings);
    private final Admission admission = new Admission(timing, settings, failedLogins);

    private AddressBuckets.Permit admitted() {
        return assertInstanceOf(Admission.Verdict.Admitted.class, admission.admit(PEER, true))
                .permit();
    }

    private void refused(Admission.Reason reason, boolean logins) {
        assertEquals(new Admission.Verdict.Refused(reason), admission.admit(PEER, logins));
    }

    @Test
    void aClosedConnectionMakesRoomOnceOnly() {
        AddressBuckets.Permit first = admitted();
        AddressBuckets.Permit second = admitted();
        refused(Admission.Reason.OPEN_CONNECTIONS, true);
        first.close();
        first.close();
        admitted();
        refused(Admission.Reason.OPEN_CONNECTIONS, true);
        second.close();
    }

    @Test
    void connectionsCountPerMinuteHoweverShort() {
        for (int i = 0; i < 5; i++) {
            admitted().close();
        }
        refused(Admission.Reason.RATE, true);
        timing.advance(Duration.ofMinutes(1));
        admitted().close();
    }

    @Test
    void whoGuessedTooOftenMayNotConnectWhereLoginsAre() {
        for (int i = 0; i < 3; i++) {
            failedLogins.failed(PEER);
        }
        refused(Admission.Reason.FAILED_LOGINS, true);
        assertInstanceOf(Admission.Verdict.Admitted.class, admission.admit(PEER, false));
        failedLogins.succeeded(PEER);
        admitted();
    }

    @Test
    void loopbackIsLetOffWhenAsked() {
        LimitSettings exempt = settings.withLoopbackExempt();
        FailedLogins failures = new FailedLogins(timing, exempt);
        Admission generous = new Admission(timing, exempt, failures);
        List<Admission.Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            failures.failed(LOOPBACK);
            verdicts.add(generous.admit(LOOPBACK, true));
        }
        verdicts.forEach(verdict -> assertInstanceOf(Admission.Verdict.Admitted.class, verdict));
    }
}
