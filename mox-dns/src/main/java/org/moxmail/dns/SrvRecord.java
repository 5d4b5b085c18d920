package org.moxmail.dns;

import java.util.Objects;
import java.util.Optional;

/**
 * A host that offers a service, RFC 2782.
 *
 * @param priority 0 to 65,535; lower is tried first
 * @param weight 0 to 65,535; the share among hosts of one priority
 * @param port 0 to 65,535
 * @param target the host; empty for the root: the service is decidedly not available
 */
public record SrvRecord(int priority, int weight, int port, Optional<DnsName> target) {
    public SrvRecord {
        if (((priority | weight | port) & ~0xffff) != 0) {
            throw new IllegalArgumentException("priority, weight or port out of range");
        }
        Objects.requireNonNull(target);
    }
}
