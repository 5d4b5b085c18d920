package org.moxmail.dkim;

import java.time.Duration;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * Keeps keys that were looked up, ready for use, for as long as the DNS lets them be kept. Implementations are safe for use by
 * many threads.
 */
public interface DkimKeyCache {
    /** What was kept for a name and is still good. */
    Optional<DkimKeyAnswer> find(DnsName name);

    /** Keeps an answer, perhaps. */
    void keep(DnsName name, DkimKeyAnswer answer, Duration ttl);

    /** A cache that keeps nothing. */
    static DkimKeyCache none() {
        return NoKeyCache.INSTANCE;
    }
}
