package org.moxmail.dane;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLSA records the decision of a TLS handshake: for {@link javax.net.ssl.SSLContext#init}. The connection needs no
 * endpoint identification, since names are checked here, where they are to be checked. One for each connection, whose thread
 * may ask afterwards how it was decided.
 */
public final class DaneTrustManager extends X509ExtendedTrustManager {
    private final DaneVerifier verifier;
    private @Nullable DaneOutcome outcome;

    /** Decides as this verifier says. */
    public DaneTrustManager(DaneVerifier verifier) {
        this.verifier = verifier;
    }

    /** How it was decided; empty before a server sent its certificates. */
    public Optional<DaneOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        DaneOutcome decided = verifier.verify(List.of(chain));
        outcome = decided;
        if (!decided.verified()) {
            throw new CertificateException("DANE: " + decided.reason());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("TLSA records authenticate servers only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
