package org.moxmail.sasl;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/** Makes the server side of exchanges. Safe for many threads; each exchange is for one. */
public final class SaslServers {
    /**
     * Negotiated property of a complete exchange: the user name whose credentials were checked, in normalisation form C. It
     * differs from {@link SaslServer#getAuthorizationID} when the user acts as somebody else.
     */
    public static final String USER = "org.moxmail.sasl.user";

    /** Negotiated property of a complete exchange: the type of channel binding used, null for none. */
    public static final String CHANNEL_BINDING = "org.moxmail.sasl.channel.binding";

    private final Credentials credentials;
    private final MechanismPolicy policy;
    private final UnknownUsers unknownUsers;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param random for nonces and challenges
     * @param clock for the time in the challenge of CRAM-MD5
     */
    public SaslServers(
            Credentials credentials,
            MechanismPolicy policy,
            UnknownUsers unknownUsers,
            SecureRandom random,
            InstantSource clock) {
        this.credentials = credentials;
        this.policy = policy;
        this.unknownUsers = unknownUsers;
        this.random = random;
        this.clock = clock;
    }

    /** Names of the mechanisms to advertise on a connection, preferred first. */
    public List<String> names(SaslConnection connection) {
        return policy.usable(connection).stream().map(SaslMechanism::keyword).toList();
    }

    /**
     * Starts an exchange; see the package on how to drive it.
     *
     * @param name in any case
     * @throws SaslException when there is no such mechanism, or none usable on this connection
     */
    public SaslServer start(String name, SaslConnection connection) throws SaslException {
        SaslMechanism mechanism = SaslMechanism.named(name)
                .filter(known -> policy.isUsable(known, connection))
                .orElseThrow(() -> new SaslException("mechanism not available on this connection"));
        throw new SaslException(mechanism.keyword() + credentials + unknownUsers + random + clock);
    }
}
