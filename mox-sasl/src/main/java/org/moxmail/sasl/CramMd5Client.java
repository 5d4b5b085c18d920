package org.moxmail.sasl;

import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.security.sasl.SaslException;

/** CRAM-MD5, RFC 2195. */
final class CramMd5Client extends ClientExchange {
    /** A msg-id, RFC 2195 §2; keeps us from signing what a false server would like signed. */
    private static final Pattern CHALLENGE = Pattern.compile("<[!-;=?A-~]+@[!-;=?A-~]+>");

    private final String user;
    private final char[] password;
    private final PasswordPreparation preparation;

    CramMd5Client(String user, char[] password, PasswordPreparation preparation) {
        super(SaslMechanism.CRAM_MD5);
        this.user = requireUser(user);
        this.password = password.clone();
        this.preparation = preparation;
    }

    @Override
    byte[] step(byte[] challenge) throws SaslException {
        if (!CHALLENGE.matcher(utf8(challenge)).matches()) {
            throw new SaslException("challenge isn't of the form <random.time@host>");
        }
        byte[] digest = CramSecret.derive(password, preparation).digest(challenge);
        complete();
        return Octets.utf8(user + ' ' + HexFormat.of().formatHex(digest));
    }

    @Override
    void forget() {
        Octets.wipe(password);
    }
}
