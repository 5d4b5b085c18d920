package org.moxmail.server.limits;

import java.time.Duration;
import java.util.List;

/**
 * What networks may ask of us.
 *
 * @param connections open at the same time over all listeners; more wait in the kernel's queue
 * @param connectionsPerMinute new connections of a network, per protocol
 * @param openConnections of a network at the same time, per protocol
 * @param failedLogins failed logins of a network, all protocols together
 * @param loopbackExempt whether loopback addresses are bounded by {@code connections} alone
 * @param tlsHandshake time for a handshake as a whole
 */
public record LimitSettings(
        int connections,
        AddressLimits connectionsPerMinute,
        AddressLimits openConnections,
        List<RateLimiter.Window> failedLogins,
        boolean loopbackExempt,
        Duration tlsHandshake) {
    /** For a server on the Internet. */
    public static final LimitSettings DEFAULT = new LimitSettings(
            10_000,
            new AddressLimits(300, 900, 2700),
            new AddressLimits(30, 90, 270),
            List.of(
                    new RateLimiter.Window(Duration.ofMinutes(1), new AddressLimits(10, 30, 90)),
                    new RateLimiter.Window(Duration.ofHours(24), new AddressLimits(50, 150, 450))),
            false,
            Duration.ofMinutes(1));

    public LimitSettings {
        failedLogins = List.copyOf(failedLogins);
        if (connections < 1 || !tlsHandshake.isPositive()) {
            throw new IllegalArgumentException("limits without room");
        }
    }

    /** The same with loopback addresses let off: a developer's test run isn't an attack. */
    public LimitSettings withLoopbackExempt() {
        return new LimitSettings(connections, connectionsPerMinute, openConnections, failedLogins, true, tlsHandshake);
    }

    public LimitSettings withConnections(int connections) {
        return new LimitSettings(
                connections, connectionsPerMinute, openConnections, failedLogins, loopbackExempt, tlsHandshake);
    }

    public LimitSettings withTlsHandshake(Duration tlsHandshake) {
        return new LimitSettings(
                connections, connectionsPerMinute, openConnections, failedLogins, loopbackExempt, tlsHandshake);
    }
}
