package org.moxmail.smtp.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.SmtpReply;

/**
 * Why something didn't work with a server.
 *
 * @param kind what sort of trouble
 * @param permanent trying again later is of no use
 * @param command what it was about: a verb, {@code GREETING}, or {@code MESSAGE} for the data itself
 * @param response the server's reply, when it is one
 * @param text in words for an operator
 */
public record SmtpFailure(
        Kind kind,
        boolean permanent,
        String command,
        @Nullable SmtpReply response,
        String text) {
    /** What sort of trouble. */
    public enum Kind {
        /** The server said no; the connection is well. */
        REPLY,
        /** The server wants or takes no such login, or the exchange went wrong. */
        AUTH,
        /** The message is larger than the server's SIZE. */
        SIZE,
        /** The server lacks an extension that the message needs. */
        UNSUPPORTED,
        /** STARTTLS was refused, the handshake failed, or the certificate didn't do. The connection is lost. */
        TLS,
        /** The server broke SMTP's rules. The connection is lost. */
        PROTOCOL,
        /** The server took too long. The connection is lost. */
        TIMEOUT,
        /** The connection broke. */
        IO,
        /** The message has a carriage return or line feed alone, or no line end at its end, or couldn't be read. */
        MESSAGE,
        /** The connection was lost before. */
        LOST
    }

    /** The server's reply, when it is one. */
    public Optional<SmtpReply> reply() {
        return Optional.ofNullable(response);
    }

    /** Its code, or 0. */
    public int code() {
        return response == null ? 0 : response.code();
    }

    /** A refusal by reply: permanent for 5yz. */
    static SmtpFailure refused(String command, SmtpReply reply) {
        return new SmtpFailure(Kind.REPLY, reply.permanent(), command, reply, command + ": " + reply);
    }

    static SmtpFailure temporary(Kind kind, String command, String text) {
        return new SmtpFailure(kind, false, command, null, text);
    }

    static SmtpFailure permanent(Kind kind, String command, String text) {
        return new SmtpFailure(kind, true, command, null, text);
    }
}
