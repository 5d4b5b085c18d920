package org.moxmail.mtasts;

import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * Remembers policies between deliveries. Should outlive the process: what protects a domain is that its policy was seen before
 * an attacker came, RFC 8461 §10.2. Safe for use by any number of threads.
 */
public interface PolicyCache {
    /** What is remembered of this domain. */
    Optional<CacheEntry> get(DnsName domain);

    /** Remembers an entry in place of what was there for its domain. */
    void put(CacheEntry entry);

    /** Forgets a domain. */
    void remove(DnsName domain);
}
