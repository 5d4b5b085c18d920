package org.moxmail.dkim;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/**
 * What came of one signature. DNS trouble is an outcome (temperror), never an exception.
 *
 * @param status the result for Authentication-Results
 * @param reason what decided
 * @param detail the reason in words for a postmaster, with what is special to this signature
 * @param signature the signature, when it could be read
 * @param key the key record, when there is one that could be read
 * @param authentic whether DNSSEC proved the key record, or its absence
 */
public record DkimOutcome(
        DkimStatus status,
        DkimReason reason,
        String detail,
        Optional<DkimSignature> signature,
        Optional<DkimKeyRecord> key,
        boolean authentic) {
    public DkimOutcome {
        Objects.requireNonNull(status);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(key);
    }

    /** The signing domain, when the signature could be read. */
    public Optional<DnsName> domain() {
        return signature.map(DkimSignature::domain);
    }

    /** Whether the domain says that it is only testing, t=y. */
    public boolean testing() {
        return key.map(DkimKeyRecord::testing).orElse(false);
    }
}
