package org.moxmail.server.limits;

import java.net.InetAddress;
import org.moxmail.time.Timing;

/** Failed logins per network, over all protocols. Safe for many threads. */
public final class FailedLogins {
    private final RateLimiter limiter;
    private final boolean loopbackExempt;

    public FailedLogins(Timing timing, LimitSettings settings) {
        limiter = new RateLimiter(timing, settings.failedLogins());
        loopbackExempt = settings.loopbackExempt();
    }

    /** Whether an address may fail once more, and so may try. */
    public boolean mayTry(InetAddress address) {
        return isExempt(address) || limiter.canAdd(address, 1);
    }

    /** An attempt from an address failed. */
    public void failed(InetAddress address) {
        if (!isExempt(address)) {
            limiter.add(address, 1);
        }
    }

    /** An attempt from an address succeeded: it isn't guessing. */
    public void succeeded(InetAddress address) {
        if (!isExempt(address)) {
            limiter.reset(address);
        }
    }

    private boolean isExempt(InetAddress address) {
        return loopbackExempt && address.isLoopbackAddress();
    }
}
