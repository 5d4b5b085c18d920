package org.moxmail.smtp.server;

import java.io.IOException;
import org.moxmail.smtp.SmtpReply;

/** A message must not be accepted, because of its octets or their number. The connection itself is well. Stackless. */
public final class RefusedMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    RefusedMessageException(SmtpReply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    /** What the client is told. */
    public SmtpReply reply() {
        return reply;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
