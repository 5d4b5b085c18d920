package org.moxmail.imap.server;

import org.jspecify.annotations.Nullable;

/** What became of a login. */
public sealed interface LoginResult {
    /** The engine owns the mail from here and closes it. */
    record Accepted(AccountMail mail) implements LoginResult {}

    /**
     * @param code a response code's word, such as {@code AUTHENTICATIONFAILED}, or null
     * @param malformed the client broke the mechanism's rules: answered BAD rather than NO
     */
    record Refused(@Nullable String code, String text, boolean malformed) implements LoginResult {}
}
