package org.moxmail.server.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose addresses we know.
 *
 * @param domains ours
 * @param postmaster account of the postmaster without domain, RFC 5321 §4.5.1
 * @param elsewhere account that gets the mail of all other domains, as on a test server; or null
 */
public record DirectorySettings(
        List<DomainSettings> domains,
        String postmaster,
        @Nullable String elsewhere) {
    public DirectorySettings {
        domains = List.copyOf(domains);
    }
}
