package org.moxmail.smtp.client;

import java.nio.charset.StandardCharsets;
import javax.security.sasl.SaslClient;

/** The client's side of a mechanism that says what it was told to, whatever it hears. */
final class Exchange implements SaslClient {
    private final String[] responses;
    private int said;

    Exchange(String... responses) {
        this.responses = responses.clone();
    }

    @Override
    public String getMechanismName() {
        return "TEST";
    }

    @Override
    public boolean hasInitialResponse() {
        return true;
    }

    @Override
    public byte[] evaluateChallenge(byte[] challenge) {
        return responses[said++].getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
        return said == responses.length;
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
        said = responses.length;
    }
}
