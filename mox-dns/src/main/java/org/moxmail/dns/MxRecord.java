package org.moxmail.dns;

import java.util.Objects;
import java.util.Optional;

/**
 * A mail exchange, RFC 5321 §5.1.
 *
 * @param preference 0 to 65,535; lower is tried first
 * @param exchange the host; empty for the root, which as the only record says that the domain takes no mail, RFC 7505
 */
public record MxRecord(int preference, Optional<DnsName> exchange) {
    public MxRecord {
        if (preference < 0 || preference > 0xffff) {
            throw new IllegalArgumentException("preference " + preference);
        }
        Objects.requireNonNull(exchange);
    }
}
