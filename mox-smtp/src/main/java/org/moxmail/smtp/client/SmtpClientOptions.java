package org.moxmail.smtp.client;

import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.HelloName;

/**
 * How to open a session.
 *
 * @param helloName what we call ourselves
 * @param tlsMode when to use TLS
 * @param tlsVerifier needed unless the mode is {@link TlsMode#NONE}
 * @param sasl chooses a login, or null to not log in
 * @param chunking messages go by BDAT when the server can (RFC 3030)
 */
public record SmtpClientOptions(
        HelloName helloName,
        TlsMode tlsMode,
        @Nullable TlsVerifier tlsVerifier,
        @Nullable SaslChooser sasl,
        boolean chunking) {
    public SmtpClientOptions {
        if (tlsVerifier == null && tlsMode != TlsMode.NONE) {
            throw new IllegalArgumentException("TLS without a verifier");
        }
    }

    /** In plaintext, without login. */
    public static SmtpClientOptions plaintext(HelloName helloName) {
        return new SmtpClientOptions(helloName, TlsMode.NONE, null, null, false);
    }

    /** With TLS, without login. */
    public static SmtpClientOptions tls(HelloName helloName, TlsMode mode, TlsVerifier verifier) {
        return new SmtpClientOptions(helloName, mode, verifier, null, false);
    }

    /** The same with a login. */
    public SmtpClientOptions withSasl(SaslChooser chooser) {
        return new SmtpClientOptions(helloName, tlsMode, tlsVerifier, chooser, chunking);
    }

    /** The same with BDAT. */
    public SmtpClientOptions withChunking() {
        return new SmtpClientOptions(helloName, tlsMode, tlsVerifier, sasl, true);
    }
}
