package org.moxmail.mtasts;

import org.moxmail.dns.DnsName;

/** Fetches policies; {@link HttpsPolicyFetcher} as the standard says. Safe for use by any number of threads. */
public interface PolicyFetcher {
    /**
     * Fetches the policy of this domain, in bounded time. Trouble is an outcome.
     *
     * @throws InterruptedException when the calling thread is interrupted
     */
    PolicyOutcome fetch(DnsName domain) throws InterruptedException;
}
