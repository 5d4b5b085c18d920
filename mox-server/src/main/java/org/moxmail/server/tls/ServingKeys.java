package org.moxmail.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate for a handshake by the name that the client asks for, from a set that can be replaced at any
 * time. A handshake that chose before the replacement finds its key afterwards: an alias names the set as well.
 */
final class ServingKeys extends X509ExtendedKeyManager {
    private final ReentrantLock replacing = new ReentrantLock();
    private volatile Generation generation;

    /**
     * @param number of this set
     * @param names host names to identities; those not in it get {@code fallback}
     * @param previous for handshakes that are under way, null for the first
     */
    private record Generation(
            long number,
            Map<String, Identity> names,
            Identity fallback,
            @Nullable Generation previous) {
        Identity named(String name) {
            return names.getOrDefault(name, fallback);
        }

        Generation withoutPrevious() {
            return new Generation(number, names, fallback, null);
        }
    }

    ServingKeys(Map<String, Identity> names, Identity fallback) {
        generation = new Generation(0, Map.copyOf(names), fallback, null);
    }

    void replace(Map<String, Identity> names, Identity fallback) {
        replacing.lock();
        try {
            Generation before = generation;
            generation = new Generation(before.number() + 1, Map.copyOf(names), fallback, before.withoutPrevious());
        } finally {
            replacing.unlock();
        }
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType, engine == null ? null : engine.getHandshakeSession());
    }

    private @Nullable String choose(String keyType, @Nullable SSLSession handshake) {
        Generation current = generation;
        String name = requestedName(handshake);
        Identity identity = current.named(name);
        boolean fits = keyType.equals(identity.key().getAlgorithm())
                || keyType.startsWith("EC") && identity.key().getAlgorithm().equals("EC");
        return fits ? current.number() + "/" + name : null;
    }

    private static String requestedName(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(java.util.Locale.ROOT);
                }
            }
        }
        return "";
    }

    private @Nullable Identity identity(@Nullable String alias) {
        if (alias == null) {
            return null;
        }
        int slash = alias.indexOf('/');
        long number = Long.parseLong(alias.substring(0, slash));
        for (Generation at = generation; at != null; at = at.previous()) {
            if (at.number() == number) {
                return at.named(alias.substring(slash + 1));
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Identity identity = identity(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Identity identity = identity(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(keyType, null);
        return alias == null ? null : List.of(alias).toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
