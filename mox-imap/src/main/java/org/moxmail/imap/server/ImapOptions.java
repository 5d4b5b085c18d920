package org.moxmail.imap.server;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator chooses for the connections of one listener.
 *
 * @param product name told in ID and in the greeting
 * @param version told in ID to those who logged in, or null
 * @param appendLimit octets that one message may have at most, whoever logs in; RFC 7889
 * @param disabledCapabilities names, in upper case, that are neither announced nor can be enabled
 */
public record ImapOptions(
        String product, @Nullable String version, long appendLimit, Set<String> disabledCapabilities) {
    /** No limits, nothing disabled. */
    public static final ImapOptions DEFAULT = new ImapOptions("mox", null, Long.MAX_VALUE, Set.of());

    public ImapOptions {
        disabledCapabilities = Set.copyOf(disabledCapabilities);
        if (appendLimit < 1) {
            throw new IllegalArgumentException("append limit " + appendLimit);
        }
    }
}
