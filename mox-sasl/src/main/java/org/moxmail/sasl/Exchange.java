package org.moxmail.sasl;

import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** What both sides of all mechanisms share: being complete, failed or disposed of, and having no security layer. */
abstract class Exchange {
    /** Octets of a message at most: RFC 4954 §4 has 12288 of base64. */
    static final int MESSAGE_OCTETS = 9216;

    private enum State {
        RUNNING,
        COMPLETE,
        FAILED,
        DISPOSED
    }

    private final SaslMechanism mechanism;
    private State state = State.RUNNING;

    Exchange(SaslMechanism mechanism) {
        this.mechanism = mechanism;
    }

    /** Takes the peer's message, gives ours; null for none. */
    abstract byte @Nullable [] step(byte[] message) throws SaslException;

    /** Overwrites what is secret. */
    void forget() {}

    final byte @Nullable [] advance(byte[] message) throws SaslException {
        switch (state) {
            case COMPLETE -> throw new IllegalStateException("the exchange is complete");
            case FAILED -> throw new SaslException("the exchange has failed");
            case DISPOSED -> throw new AbortedException("the exchange was disposed of");
            case RUNNING -> {}
        }
        // A step that throws anything has failed, unless it comes to its end.
        state = State.FAILED;
        boolean ended = false;
        try {
            if (message.length > MESSAGE_OCTETS) {
                throw new SaslException("message of more than " + MESSAGE_OCTETS + " octets");
            }
            byte[] answer = step(message);
            if (state == State.FAILED) {
                state = State.RUNNING;
            }
            ended = state != State.RUNNING;
            return answer;
        } finally {
            if (ended || state == State.FAILED) {
                forget();
            }
        }
    }

    final void complete() {
        state = State.COMPLETE;
    }

    public final String getMechanismName() {
        return mechanism.keyword();
    }

    public final boolean isComplete() {
        return state == State.COMPLETE;
    }

    public final void dispose() {
        if (state != State.COMPLETE) {
            state = State.DISPOSED;
        }
        forget();
    }

    @SuppressWarnings("DoNotCallSuggester") // the JDK's interfaces have it
    public final byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("no security layer was negotiated");
    }

    @SuppressWarnings("DoNotCallSuggester") // the JDK's interfaces have it
    public final byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("no security layer was negotiated");
    }

    public final @Nullable Object getNegotiatedProperty(String name) {
        requireComplete();
        return name.equals(Sasl.QOP) ? "auth" : property(name);
    }

    @Nullable
    Object property(String name) {
        return null;
    }

    final void requireComplete() {
        if (state != State.COMPLETE) {
            throw new IllegalStateException("the exchange isn't complete");
        }
    }

    static String nfc(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The text of a message, which must be UTF-8. */
    static String utf8(byte[] message) throws SaslException {
        try {
            return Octets.text(message);
        } catch (CharacterCodingException e) {
            throw new SaslException("message isn't UTF-8", e);
        }
    }
}
