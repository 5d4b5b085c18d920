package org.moxmail.sasl;

import java.io.IOException;

/**
 * What server mechanisms ask about users. User names are as the client sent them, in Unicode's normalisation form C and not
 * mapped otherwise. Used by many threads.
 *
 * <p>An {@link IOException} means that the question can't be answered now; the exchange ends with a
 * {@link TemporaryFailureException}.
 */
public interface Credentials {
    /**
     * For PLAIN and LOGIN. A verifier prepares the password as it was prepared when it was stored, normally with
     * {@link PasswordPreparation#OPAQUE_STRING}.
     *
     * @param password as the client sent it, never empty; overwritten after the return, so copy what must be kept
     */
    PasswordOutcome verifyPassword(String user, char[] password) throws IOException;

    /** For the SCRAM mechanisms with this hash. */
    SecretLookup<ScramSecret> scram(ScramHash hash, String user) throws IOException;

    /** For CRAM-MD5. */
    SecretLookup<CramSecret> cram(String user) throws IOException;

    /**
     * Whether a user, whose credentials were found right, may act as somebody else: the authorization identity of PLAIN and
     * SCRAM. Asked only for one that isn't empty or the same.
     */
    default boolean mayActAs(String user, String authorizationIdentity) throws IOException {
        return false;
    }
}
