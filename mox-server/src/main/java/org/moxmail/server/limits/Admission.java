package org.moxmail.server.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.moxmail.time.Timing;

/** Who may open a connection of one protocol. Safe for many threads. */
public final class Admission {
    private final RateLimiter rate;
    private final AddressBuckets open;
    private final FailedLogins failedLogins;
    private final boolean loopbackExempt;

    /** What became of a connection. */
    public sealed interface Verdict {
        /** It may go on; closing the permit makes room for another. */
        record Admitted(AddressBuckets.Permit permit) implements Verdict {}

        /** It may not, and is told why. */
        record Refused(Reason reason) implements Verdict {}
    }

    /** Why a connection is refused. */
    public enum Reason {
        SHUTTING_DOWN("shutting down"),
        RATE("connection rate from your network is too high"),
        FAILED_LOGINS("too many failed logins from your network"),
        OPEN_CONNECTIONS("too many open connections from your network");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** What the peer is told. */
        public String text() {
            return text;
        }
    }

    public Admission(Timing timing, LimitSettings settings, FailedLogins failedLogins) {
        rate = new RateLimiter(
                timing, List.of(new RateLimiter.Window(Duration.ofMinutes(1), settings.connectionsPerMinute())));
        open = new AddressBuckets(settings.openConnections());
        this.failedLogins = failedLogins;
        loopbackExempt = settings.loopbackExempt();
    }

    /**
     * Decides about a new connection.
     *
     * @param logins whether logins are possible on it
     */
    public Verdict admit(InetAddress address, boolean logins) {
        if (loopbackExempt && address.isLoopbackAddress()) {
            return new Verdict.Admitted(() -> {});
        }
        if (!rate.add(address, 1)) {
            return new Verdict.Refused(Reason.RATE);
        }
        if (logins && !failedLogins.mayTry(address)) {
            return new Verdict.Refused(Reason.FAILED_LOGINS);
        }
        Optional<AddressBuckets.Permit> permit = open.acquire(address);
        return permit.<Verdict>map(Verdict.Admitted::new).orElseGet(() -> new Verdict.Refused(Reason.OPEN_CONNECTIONS));
    }
}
