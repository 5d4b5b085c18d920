package org.moxmail.dkim;

import java.time.Duration;
import java.util.Optional;
import org.moxmail.dns.DnsName;

/** Keeps nothing. */
enum NoKeyCache implements DkimKeyCache {
    INSTANCE;

    @Override
    public Optional<DkimKeyAnswer> find(DnsName name) {
        return Optional.empty();
    }

    @Override
    public void keep(DnsName name, DkimKeyAnswer answer, Duration ttl) {}
}
