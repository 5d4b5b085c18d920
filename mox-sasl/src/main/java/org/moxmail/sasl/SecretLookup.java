package org.moxmail.sasl;

/** Answer to the question for a user's stored secret of one mechanism. */
public sealed interface SecretLookup<S> {
    /** The user's secret. */
    record Found<S>(S secret) implements SecretLookup<S> {}

    /** There is no such user. The client isn't told: the exchange goes on with invented values and fails at its end. */
    record UnknownUser<S>() implements SecretLookup<S> {}

    /**
     * There is such a user, but without a secret for this mechanism. For the client as {@link UnknownUser}; the exchange ends
     * with a {@link MechanismUnavailableException}.
     */
    record NoSecret<S>() implements SecretLookup<S> {}
}
