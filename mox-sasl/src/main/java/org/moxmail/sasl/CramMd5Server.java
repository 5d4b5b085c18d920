package org.moxmail.sasl;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** CRAM-MD5, RFC 2195. */
final class CramMd5Server extends ServerExchange {
    private static final int DIGEST_CHARS = 2 * Md5State.OCTETS;

    private final Credentials credentials;
    private final UnknownUsers unknownUsers;
    private final String challenge;
    private boolean challenged;

    CramMd5Server(Credentials credentials, UnknownUsers unknownUsers, String challenge) {
        super(SaslMechanism.CRAM_MD5);
        this.credentials = credentials;
        this.unknownUsers = unknownUsers;
        this.challenge = challenge;
    }

    /** RFC 2195 §2: in the form of a msg-id, of random digits, a timestamp and our name. */
    static String challenge(String hostName, SecureRandom random, Instant now) {
        byte[] unique = new byte[16];
        random.nextBytes(unique);
        return "<" + new BigInteger(1, unique) + "." + now.toEpochMilli() + "@" + hostName + ">";
    }

    @Override
    byte @Nullable [] step(byte[] message) throws SaslException {
        if (!challenged) {
            if (message.length > 0) {
                throw new SaslException("initial response to a mechanism in which the server speaks first");
            }
            challenged = true;
            return Octets.utf8(challenge);
        }
        String response = utf8(message);
        // The name may have spaces, the digest has none.
        int space = response.length() - DIGEST_CHARS - 1;
        if (space < 1 || response.charAt(space) != ' ') {
            throw new SaslException("response isn't of user, space and digest");
        }
        byte[] digest;
        try {
            digest = HexFormat.of().parseHex(response, space + 1, response.length());
        } catch (IllegalArgumentException e) {
            throw new SaslException("digest isn't hexadecimal", e);
        }
        check(nfc(response.substring(0, space)), digest);
        return null;
    }

    private void check(String user, byte[] digest) throws SaslException {
        SecretLookup<CramSecret> lookup;
        try {
            lookup = credentials.cram(user);
        } catch (IOException e) {
            throw new TemporaryFailureException(e);
        }
        CramSecret invented = unknownUsers.cram(user);
        CramSecret secret = lookup instanceof SecretLookup.Found<CramSecret> found ? found.secret() : invented;
        boolean right = Octets.same(secret.digest(Octets.utf8(challenge)), digest);
        switch (lookup) {
            case SecretLookup.NoSecret<CramSecret> none ->
                throw new MechanismUnavailableException("user without secret for CRAM-MD5", user);
            case SecretLookup.UnknownUser<CramSecret> none ->
                throw new CredentialsException("user or password is wrong", user);
            case SecretLookup.Found<CramSecret> found -> {
                if (!right) {
                    throw new CredentialsException("user or password is wrong", user);
                }
            }
        }
        identify(user, user, null);
        complete();
    }
}
