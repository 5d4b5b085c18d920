package org.moxmail.sasl;

import java.nio.ByteBuffer;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** SCRAM, RFC 5802 and RFC 7677. Complete only when the server has proven that it knows the password, too. */
final class ScramClient extends ClientExchange {
    private final ScramHash hash;
    private final String gs2Header;
    private final byte[] bindingData;
    private final String firstBare;
    private final String nonce;
    private final char[] password;
    private final PasswordPreparation preparation;
    private final ScramLimits limits;

    private int sent;
    private byte @Nullable [] serverSignature;

    ScramClient(
            ScramHash hash,
            ClientBinding binding,
            String authorizationId,
            String user,
            char[] password,
            PasswordPreparation preparation,
            ScramLimits limits,
            String nonce) {
        super(hash.mechanism(binding instanceof ClientBinding.Bound));
        this.hash = hash;
        this.preparation = preparation;
        this.limits = limits;
        this.password = password.clone();
        String flag = switch (binding) {
            case ClientBinding.Unsupported unsupported -> "n";
            case ClientBinding.NotOffered notOffered -> "y";
            case ClientBinding.Bound bound -> "p=" + bound.binding().type();
        };
        this.bindingData =
                binding instanceof ClientBinding.Bound bound ? bound.binding().data() : new byte[0];
        String authorization = requireName(authorizationId);
        this.gs2Header = flag + ',' + (authorization.isEmpty() ? "" : "a=" + ScramMessage.escape(authorization)) + ',';
        this.nonce = nonce;
        this.firstBare = "n=" + ScramMessage.escape(requireUser(user)) + ",r=" + nonce;
    }

    @Override
    byte[] step(byte[] challenge) throws SaslException {
        return switch (sent++) {
            case 0 -> {
                requireEmpty(challenge);
                yield Octets.utf8(gs2Header + firstBare);
            }
            case 1 -> Octets.utf8(proof(utf8(challenge)));
            default -> {
                verify(ScramMessage.ServerFinal.parse(utf8(challenge)));
                complete();
                yield new byte[0];
            }
        };
    }

    private String proof(String serverFirst) throws SaslException {
        if (serverFirst.startsWith("e=")) {
            throw refused(ScramMessage.ServerFinal.parse(serverFirst));
        }
        ScramMessage.ServerFirst first = ScramMessage.ServerFirst.parse(serverFirst);
        if (first.mandatoryExtension()) {
            throw new SaslException("server demands an extension that we don't know");
        }
        if (!first.nonce().startsWith(nonce)) {
            throw new SaslException("server's nonce doesn't extend ours");
        }
        if (first.nonce().length() < nonce.length() + limits.nonceCharsAtLeast()
                || first.salt().length < limits.saltOctetsAtLeast()) {
            throw new SaslException("server's nonce or salt is too short to be safe");
        }
        if (first.iterations() < limits.iterationsAtLeast() || first.iterations() > limits.iterationsAtMost()) {
            throw new SaslException("server's iterations are too few to be safe or too many to be sane");
        }
        byte[] input = ByteBuffer.allocate(Octets.utf8(gs2Header).length + bindingData.length)
                .put(Octets.utf8(gs2Header))
                .put(bindingData)
                .array();
        String withoutProof = "c=" + ScramMessage.encode(input) + ",r=" + first.nonce();
        byte[] authMessage = Octets.utf8(firstBare + ',' + serverFirst + ',' + withoutProof);
        byte[] salted = ScramSecret.saltedPassword(hash, password, preparation, first.salt(), first.iterations());
        byte[] clientKey = Octets.hmac(hash, salted, Octets.utf8("Client Key"));
        byte[] serverKey = Octets.hmac(hash, salted, Octets.utf8("Server Key"));
        byte[] storedKey = Octets.hash(hash.algorithm(), clientKey);
        byte[] proof = Octets.xor(clientKey, Octets.hmac(hash, storedKey, authMessage));
        serverSignature = Octets.hmac(hash, serverKey, authMessage);
        Octets.wipe(salted);
        Octets.wipe(clientKey);
        Octets.wipe(serverKey);
        Octets.wipe(password);
        return withoutProof + ",p=" + ScramMessage.encode(proof);
    }

    private void verify(ScramMessage.ServerFinal last) throws SaslException {
        byte[] verifier = last.verifier();
        if (verifier == null) {
            throw refused(last);
        }
        if (serverSignature == null || !Octets.same(serverSignature, verifier)) {
            throw new AuthenticationException("server doesn't know the password: it isn't who it says");
        }
    }

    private static AuthenticationException refused(ScramMessage.ServerFinal last) {
        return new AuthenticationException("server refused: " + last.error());
    }

    @Override
    void forget() {
        Octets.wipe(password);
    }
}
