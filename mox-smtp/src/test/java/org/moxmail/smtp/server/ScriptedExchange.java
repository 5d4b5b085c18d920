package org.moxmail.smtp.server;

import java.nio.charset.StandardCharsets;
import javax.security.sasl.SaslServer;

/** The server's side of a mechanism that says what it was told to; complete with the last. */
final class ScriptedExchange implements SaslServer {
    private final String[] challenges;
    private int said;

    ScriptedExchange(String... challenges) {
        this.challenges = challenges.clone();
    }

    @Override
    public String getMechanismName() {
        return "SCRAM-SHA-256";
    }

    @Override
    public byte[] evaluateResponse(byte[] response) {
        return challenges[said++].getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
        return said == challenges.length;
    }

    @Override
    public String getAuthorizationID() {
        return "ann";
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
    public Object getNegotiatedProperty(String name) {
        throw new IllegalStateException("nothing negotiated");
    }

    @Override
    public void dispose() {
        said = challenges.length;
    }
}
