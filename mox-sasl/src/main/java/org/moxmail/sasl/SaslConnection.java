package org.moxmail.sasl;

import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What server mechanisms know about the connection that carries the exchange.
 *
 * @param hostName our name, for the challenge of CRAM-MD5
 * @param encrypted whether TLS is in use
 * @param bindings the channel bindings to be had, preferred first; empty without TLS
 * @param external who the peer is known to be, null when nobody vouches for it
 */
public record SaslConnection(
        String hostName,
        boolean encrypted,
        List<ChannelBinding> bindings,
        @Nullable ExternalIdentity external) {
    public SaslConnection {
        Objects.requireNonNull(hostName);
        bindings = List.copyOf(bindings);
        if (!encrypted && !bindings.isEmpty()) {
            throw new IllegalArgumentException("channel bindings without TLS");
        }
    }

    /** The connection of a server. @param tls null in plaintext */
    public static SaslConnection of(String hostName, @Nullable SSLSession tls) {
        return tls == null
                ? new SaslConnection(hostName, false, List.of(), null)
                : new SaslConnection(hostName, true, ChannelBinding.ofServer(tls), null);
    }

    /** The same with somebody who vouches for the peer, which makes EXTERNAL usable. */
    public SaslConnection withExternal(ExternalIdentity identity) {
        return new SaslConnection(hostName, encrypted, bindings, identity);
    }
}
