package org.moxmail.server.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The TLS context that listeners serve with. Its certificates can be replaced while connections go on. Safe for many
 * threads.
 */
public final class Certificates {
    private final ServingKeys keys;
    private final SSLContext context;

    /**
     * @param names host names in lower-case ASCII to what they are served with
     * @param fallback for clients that name no host or one that isn't ours
     */
    public Certificates(Map<String, Identity> names, Identity fallback, SecureRandom random)
            throws GeneralSecurityException {
        keys = new ServingKeys(names, fallback);
        context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys}, new TrustManager[0], random);
    }

    /** Serves with other certificates from the next handshake on. */
    public void replace(Map<String, Identity> names, Identity fallback) {
        keys.replace(names, fallback);
    }

    /** What server sockets are made with. Sessions begun before a replacement can still be resumed. */
    public SSLContext context() {
        return context;
    }
}
