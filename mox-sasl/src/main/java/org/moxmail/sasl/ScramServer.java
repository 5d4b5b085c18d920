package org.moxmail.sasl;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM, RFC 5802 and RFC 7677.
 *
 * <p>A message that isn't of the grammar ends the exchange at once. One that is, but that we refuse, is answered with the
 * server-final-message {@code e=} as a challenge, and the exchange ends with the exception when the client has answered that,
 * whatever it says: so an engine sends what the RFC wants sent without knowing of it.
 */
final class ScramServer extends ServerExchange {
    /** Chars of a client's nonce at least; ours, as the RFC has no number. */
    private static final int CLIENT_NONCE_CHARS = 8;

    private enum Expecting {
        FIRST,
        FINAL,
        EMPTY,
        ANYTHING
    }

    private final SaslMechanism mechanism;
    private final ScramHash hash;
    private final Credentials credentials;
    private final UnknownUsers unknownUsers;
    private final SaslConnection connection;
    private final boolean bindingOffered;
    private final String ownNonce;

    private Expecting expecting = Expecting.FIRST;
    private boolean asked;
    private @Nullable SaslException failure;
    private @Nullable Conversation conversation;

    /** What the first two messages settled. */
    private record Conversation(
            ScramMessage.ClientFirst first,
            String user,
            Optional<ChannelBinding> binding,
            SecretLookup<ScramSecret> lookup,
            ScramSecret secret,
            String nonce,
            String serverFirst) {}

    ScramServer(
            SaslMechanism mechanism,
            ScramHash hash,
            Credentials credentials,
            UnknownUsers unknownUsers,
            SaslConnection connection,
            boolean bindingOffered,
            String ownNonce) {
        super(mechanism);
        this.mechanism = mechanism;
        this.hash = hash;
        this.credentials = credentials;
        this.unknownUsers = unknownUsers;
        this.connection = connection;
        this.bindingOffered = bindingOffered;
        this.ownNonce = ownNonce;
    }

    @Override
    byte @Nullable [] step(byte[] message) throws SaslException {
        return switch (expecting) {
            case FIRST -> {
                if (message.length == 0 && !asked) {
                    asked = true;
                    yield new byte[0];
                }
                yield Octets.utf8(first(ScramMessage.ClientFirst.parse(utf8(message))));
            }
            case FINAL -> Octets.utf8(last(ScramMessage.ClientFinal.parse(utf8(message))));
            case EMPTY -> {
                if (message.length > 0) {
                    throw new SaslException("answer to the last message isn't empty");
                }
                complete();
                yield null;
            }
            case ANYTHING -> throw failure == null ? new SaslException("failed") : failure;
        };
    }

    private String first(ScramMessage.ClientFirst first) throws SaslException {
        String user = nfc(first.user());
        if (first.mandatoryExtension()) {
            return fail(ScramError.EXTENSIONS_NOT_SUPPORTED, new SaslException("mandatory extension"));
        }
        if (first.nonce().length() < CLIENT_NONCE_CHARS) {
            throw new SaslException("client nonce is too short");
        }
        Optional<ChannelBinding> binding = connection.bindings().stream()
                .filter(known -> known.type().equals(first.bindingType()))
                .findFirst();
        switch (first.flag()) {
            case 'p' -> {
                if (connection.bindings().isEmpty()) {
                    return fail(
                            ScramError.CHANNEL_BINDINGS_DONT_MATCH,
                            new ChannelBindingException("client binds to a channel we don't have", user));
                }
                if (binding.isEmpty()) {
                    return fail(
                            ScramError.UNSUPPORTED_CHANNEL_BINDING_TYPE,
                            new ChannelBindingException("channel binding of a type we don't have", user));
                }
            }
            case 'y' -> {
                // RFC 5802 §6: we advertised the -PLUS variant, somebody made the client believe otherwise.
                if (bindingOffered) {
                    return fail(
                            ScramError.SERVER_DOES_SUPPORT_CHANNEL_BINDING,
                            new ChannelBindingException("client didn't see that we bind channels", user));
                }
            }
            default -> {}
        }
        if (mechanism.channelBound() && first.flag() != 'p') {
            return fail(
                    ScramError.CHANNEL_BINDINGS_DONT_MATCH,
                    new ChannelBindingException("-PLUS without channel binding", user));
        }
        return answer(first, user, binding);
    }

    private String answer(ScramMessage.ClientFirst first, String user, Optional<ChannelBinding> binding)
            throws SaslException {
        SecretLookup<ScramSecret> lookup;
        try {
            lookup = credentials.scram(hash, user);
        } catch (IOException e) {
            throw new TemporaryFailureException(e);
        }
        // Made for known users too, so that it takes the same time.
        ScramSecret invented = unknownUsers.scram(hash, user);
        ScramSecret secret = lookup instanceof SecretLookup.Found<ScramSecret> found ? found.secret() : invented;
        if (secret.hash() != hash) {
            throw new IllegalStateException("secret of another hash than asked for");
        }
        String nonce = first.nonce() + ownNonce;
        String serverFirst = "r=" + nonce + ",s=" + ScramMessage.encode(secret.salt()) + ",i=" + secret.iterations();
        conversation = new Conversation(first, user, binding, lookup, secret, nonce, serverFirst);
        expecting = Expecting.FINAL;
        return serverFirst;
    }

    private String last(ScramMessage.ClientFinal last) throws SaslException {
        Conversation known = conversation;
        if (known == null) {
            throw new IllegalStateException("no first message");
        }
        if (last.mandatoryExtension()) {
            return fail(ScramError.EXTENSIONS_NOT_SUPPORTED, new SaslException("mandatory extension"));
        }
        if (!Octets.same(bindingInput(known), last.bindingInput())) {
            return fail(
                    ScramError.CHANNEL_BINDINGS_DONT_MATCH,
                    new ChannelBindingException("client is bound to another channel", known.user));
        }
        String authMessage = known.first.bare() + ',' + known.serverFirst + ',' + last.withoutProof();
        boolean sameNonce = Octets.same(Octets.utf8(known.nonce), Octets.utf8(last.nonce()));
        boolean proven = proves(last.proof(), known.secret, authMessage) && sameNonce;
        switch (known.lookup) {
            case SecretLookup.NoSecret<ScramSecret> none -> {
                return fail(
                        ScramError.INVALID_PROOF,
                        new MechanismUnavailableException("user without secret for SCRAM", known.user));
            }
            case SecretLookup.UnknownUser<ScramSecret> none -> proven = false;
            case SecretLookup.Found<ScramSecret> found -> {}
        }
        if (!proven) {
            return fail(ScramError.INVALID_PROOF, new CredentialsException("user or password is wrong", known.user));
        }
        try {
            String identity = authorize(credentials, known.user, known.first.authorizationId());
            identify(
                    known.user,
                    identity,
                    known.binding.map(ChannelBinding::type).orElse(null));
        } catch (AuthorizationException e) {
            return fail(ScramError.OTHER_ERROR, e);
        }
        expecting = Expecting.EMPTY;
        return "v=" + ScramMessage.encode(Octets.hmac(hash, known.secret.serverKey(), Octets.utf8(authMessage)));
    }

    private static byte[] bindingInput(Conversation known) {
        byte[] header = Octets.utf8(known.first.gs2Header());
        byte[] data = known.binding.map(ChannelBinding::data).orElse(new byte[0]);
        byte[] input = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        return input;
    }

    /** RFC 5802 §3: from the proof follows the ClientKey, whose hash we keep. */
    private boolean proves(byte[] proof, ScramSecret secret, String authMessage) {
        if (proof.length != hash.octets()) {
            return false;
        }
        byte[] signature = Octets.hmac(hash, secret.storedKey(), Octets.utf8(authMessage));
        byte[] clientKey = Octets.xor(signature, proof);
        boolean proven = Octets.same(Octets.hash(hash.algorithm(), clientKey), secret.storedKey());
        Octets.wipe(clientKey);
        return proven;
    }

    private String fail(ScramError error, SaslException exception) {
        failure = exception;
        expecting = Expecting.ANYTHING;
        return "e=" + error.keyword();
    }

    @Override
    void forget() {
        conversation = null;
    }
}
