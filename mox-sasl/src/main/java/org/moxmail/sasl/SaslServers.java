package org.moxmail.sasl;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
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
        return switch (mechanism) {
            case PLAIN -> new PlainServer(credentials);
            case LOGIN -> new LoginServer(credentials);
            case CRAM_MD5 ->
                new CramMd5Server(
                        credentials,
                        unknownUsers,
                        CramMd5Server.challenge(connection.hostName(), random, clock.instant()));
            case EXTERNAL -> new ExternalServer(Objects.requireNonNull(connection.external()));
            case SCRAM_SHA_1, SCRAM_SHA_1_PLUS -> scram(mechanism, ScramHash.SHA_1, connection);
            case SCRAM_SHA_256, SCRAM_SHA_256_PLUS -> scram(mechanism, ScramHash.SHA_256, connection);
        };
    }

    private SaslServer scram(SaslMechanism mechanism, ScramHash hash, SaslConnection connection) {
        boolean bindingOffered = policy.usable(connection).stream().anyMatch(SaslMechanism::channelBound);
        return new ScramServer(
                mechanism, hash, credentials, unknownUsers, connection, bindingOffered, ScramMessage.nonce(random));
    }
}
