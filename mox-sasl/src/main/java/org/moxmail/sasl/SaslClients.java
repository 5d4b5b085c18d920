package org.moxmail.sasl;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.security.sasl.SaslClient;

/**
 * Makes the client side of exchanges. Safe for many threads; each exchange is for one.
 *
 * <p>As the JDK has it, {@code evaluateChallenge} with an empty array gives the initial response of a mechanism that
 * {@code hasInitialResponse}; it may be an empty array, which is something else than no initial response. A SCRAM client is
 * complete when it has verified the server's last message, to which it answers with an empty one; the exchange is no success
 * before {@code isComplete}, whatever the server says. A server's refusal is an
 * {@link javax.security.sasl.AuthenticationException}, other {@link javax.security.sasl.SaslException}s are for messages that
 * are malformed or unsafe.
 *
 * <p>User names are sent in normalisation form C. Passwords are copied, and the copy is overwritten at the end of the exchange
 * or by {@code dispose}. Names that are empty where they may not be or contain NUL are an {@link IllegalArgumentException}.
 */
public final class SaslClients {
    private final SecureRandom random;
    private final ScramLimits limits;
    private final PasswordPreparation preparation;

    /** With the default limits, and passwords prepared as OpaqueString. @param random for nonces */
    public SaslClients(SecureRandom random) {
        this(random, ScramLimits.DEFAULT, PasswordPreparation.OPAQUE_STRING);
    }

    /**
     * @param random for nonces
     * @param preparation of passwords for SCRAM and CRAM-MD5; PLAIN and LOGIN send them as they are
     */
    public SaslClients(SecureRandom random, ScramLimits limits, PasswordPreparation preparation) {
        this.random = random;
        this.limits = limits;
        this.preparation = preparation;
    }

    /** PLAIN. @param authorizationId whom to act as, empty for the user itself */
    public SaslClient plain(String authorizationId, String user, char[] password) {
        return new PlainClient(authorizationId, user, password);
    }

    /** LOGIN. */
    public SaslClient login(String user, char[] password) {
        return new LoginClient(user, password);
    }

    /** CRAM-MD5. */
    public SaslClient cramMd5(String user, char[] password) {
        return new CramMd5Client(user, password, preparation);
    }

    /** EXTERNAL. @param authorizationId whom to act as, empty for whoever the server knows us to be */
    public SaslClient external(String authorizationId) {
        return new ExternalClient(authorizationId);
    }

    /**
     * SCRAM; with {@link ClientBinding.Bound} the {@code -PLUS} variant.
     *
     * @param authorizationId whom to act as, empty for the user itself
     */
    public SaslClient scram(
            ScramHash hash, ClientBinding binding, String authorizationId, String user, char[] password) {
        return new ScramClient(
                hash, binding, authorizationId, user, password, preparation, limits, ScramMessage.nonce(random));
    }

    /**
     * The best exchange with user and password that server and connection allow; empty when there is none.
     *
     * @param offered names of the server's mechanisms, in any case; others are passed over
     * @param encrypted whether the connection has TLS, without which passwords aren't shown
     * @param bindings of the TLS connection, from {@link ChannelBinding#ofClient}
     */
    public Optional<SaslClient> best(
            Collection<String> offered,
            boolean encrypted,
            List<ChannelBinding> bindings,
            String user,
            char[] password) {
        List<SaslMechanism> known = offered.stream()
                .flatMap(name -> SaslMechanism.named(name).stream())
                .toList();
        // RFC 5802 §6: "y" only when no -PLUS was seen, and then never "n".
        boolean plusOffered = known.stream().anyMatch(SaslMechanism::channelBound);
        ClientBinding unbound =
                bindings.isEmpty() || plusOffered ? new ClientBinding.Unsupported() : new ClientBinding.NotOffered();
        for (SaslMechanism mechanism : SaslMechanism.values()) {
            boolean possible = known.contains(mechanism)
                    && (encrypted || !mechanism.plaintextPassword())
                    && (!mechanism.channelBound() || !bindings.isEmpty());
            if (possible && mechanism != SaslMechanism.EXTERNAL) {
                return Optional.of(start(mechanism, bindings, unbound, user, password));
            }
        }
        return Optional.empty();
    }

    private SaslClient start(
            SaslMechanism mechanism,
            List<ChannelBinding> bindings,
            ClientBinding unbound,
            String user,
            char[] password) {
        return switch (mechanism) {
            case PLAIN -> plain("", user, password);
            case LOGIN -> login(user, password);
            case CRAM_MD5 -> cramMd5(user, password);
            case EXTERNAL -> external("");
            case SCRAM_SHA_1, SCRAM_SHA_256, SCRAM_SHA_1_PLUS, SCRAM_SHA_256_PLUS ->
                scram(
                        mechanism.scramHash().orElseThrow(),
                        mechanism.channelBound() ? new ClientBinding.Bound(bindings.getFirst()) : unbound,
                        "",
                        user,
                        password);
        };
    }
}
