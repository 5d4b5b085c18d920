package org.moxmail.server.directory;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;

/**
 * A domain that we have mail for.
 *
 * @param name of it
 * @param accounts by localpart in lower case
 * @param catchAll account of all other localparts, or null
 * @param separators characters behind which a localpart means nothing to us
 */
public record DomainSettings(
        DnsName name,
        Map<String, String> accounts,
        @Nullable String catchAll,
        String separators) {
    public DomainSettings {
        accounts = Map.copyOf(accounts);
    }
}
