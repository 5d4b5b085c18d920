package org.moxmail.smtp.testing;

import java.nio.charset.StandardCharsets;
import javax.security.sasl.AuthenticationException;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;

/** The server's side of PLAIN (RFC 4616) and LOGIN. */
final class PasswordExchange implements SaslServer {
    private final MemorySmtpService service;
    private final String mechanism;
    private int step;
    private @Nullable String name;
    private boolean complete;

    PasswordExchange(MemorySmtpService service, String mechanism) {
        this.service = service;
        this.mechanism = mechanism;
    }

    @Override
    public String getMechanismName() {
        return mechanism;
    }

    @Override
    public byte @Nullable [] evaluateResponse(byte[] response) throws SaslException {
        String text = new String(response, StandardCharsets.UTF_8);
        return mechanism.equals("PLAIN") ? plain(text) : login(text);
    }

    private byte @Nullable [] plain(String text) throws SaslException {
        String[] fields = text.split("\0", -1);
        if (fields.length != 3 || fields[1].isEmpty()) {
            throw new SaslException("PLAIN has three fields");
        }
        name = fields[1];
        check(fields[1], fields[2]);
        return null;
    }

    private byte @Nullable [] login(String text) throws SaslException {
        step++;
        if (step == 1) {
            return "Username:".getBytes(StandardCharsets.US_ASCII);
        }
        if (step == 2) {
            name = text;
            return "Password:".getBytes(StandardCharsets.US_ASCII);
        }
        check(getAuthorizationID(), text);
        return null;
    }

    private void check(String user, String password) throws AuthenticationException {
        if (!service.password(user).filter(password::equals).isPresent()) {
            throw new AuthenticationException("bad user or password");
        }
        complete = true;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public String getAuthorizationID() {
        if (name == null) {
            throw new IllegalStateException("the exchange isn't complete");
        }
        return name;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("no security layer");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("no security layer");
    }

    @Override
    public @Nullable Object getNegotiatedProperty(String property) {
        return null;
    }

    @Override
    public void dispose() {
        name = null;
    }
}
