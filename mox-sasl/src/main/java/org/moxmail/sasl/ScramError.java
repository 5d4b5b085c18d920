package org.moxmail.sasl;

/** The values of a SCRAM server's {@code e} attribute that we send, RFC 5802 §7. */
enum ScramError {
    EXTENSIONS_NOT_SUPPORTED("extensions-not-supported"),
    INVALID_PROOF("invalid-proof"),
    CHANNEL_BINDINGS_DONT_MATCH("channel-bindings-dont-match"),
    SERVER_DOES_SUPPORT_CHANNEL_BINDING("server-does-support-channel-binding"),
    UNSUPPORTED_CHANNEL_BINDING_TYPE("unsupported-channel-binding-type"),
    OTHER_ERROR("other-error");

    private final String keyword;

    ScramError(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }
}
