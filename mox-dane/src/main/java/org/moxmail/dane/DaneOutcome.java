package org.moxmail.dane;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.TlsaRecord;

/**
 * Whether a server is the one that TLSA records describe.
 *
 * @param matched the record that it was authenticated by; empty when it was not
 * @param reason for a person, why it was not; empty when it was
 */
public record DaneOutcome(Optional<TlsaRecord> matched, String reason) {
    public DaneOutcome {
        Objects.requireNonNull(matched);
        Objects.requireNonNull(reason);
    }

    /** Whether the server is authenticated. */
    public boolean verified() {
        return matched.isPresent();
    }
}
