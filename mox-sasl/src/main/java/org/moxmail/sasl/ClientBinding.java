package org.moxmail.sasl;

/** What a SCRAM client says about channel binding: the gs2-cbind-flag of RFC 5802 §5.1. */
public sealed interface ClientBinding {
    /** {@code n}: the client can't bind. */
    record Unsupported() implements ClientBinding {}

    /** {@code y}: the client could, but the server didn't advertise the {@code -PLUS} variant. A server that did refuses. */
    record NotOffered() implements ClientBinding {}

    /** {@code p=}: bound to the TLS connection, for the {@code -PLUS} variant. */
    record Bound(ChannelBinding binding) implements ClientBinding {}
}
