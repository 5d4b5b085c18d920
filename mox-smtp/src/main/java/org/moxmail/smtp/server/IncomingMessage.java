package org.moxmail.smtp.server;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.Leniency;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.SmtpReply;

/** What DATA and BDAT have in common: counting, limits and the flags of a message. */
abstract class IncomingMessage implements MessageStream {
    static final SmtpReply BARE_CR =
            SmtpReply.of(500, "5.5.2", "carriage return or line feed alone in message, possibly smuggling");
    private static final SmtpReply BARE_LF = SmtpReply.of(500, "5.5.2", "line feed alone in message");
    private static final SmtpReply EIGHT_BIT =
            SmtpReply.of(500, "5.6.0", "octets above 127 in message not declared as 8BITMIME");

    final SmtpServer server;
    final Wire wire;
    final MailParams params;
    private final long totalDeadline;
    private long size;
    private long discarded;
    private boolean bareLf;
    private int octetsOred;
    private boolean started;
    private @Nullable SmtpReply refusal;
    private @Nullable OutputStream sink;
    private @Nullable IOException failure;

    IncomingMessage(SmtpServer server, Wire wire, MailParams params) {
        this.server = server;
        this.wire = wire;
        this.params = params;
        this.totalDeadline = wire.deadline(server.limits.dataTotal());
    }

    /**
     * Reads on to the end of the message, or of its part in the connection.
     *
     * @throws IOException when the connection breaks or the sink does
     */
    abstract void readAll() throws IOException, InterruptedException;

    /** Reads on to the next command, when the transaction wants no more. */
    abstract void skipRest() throws IOException, InterruptedException;

    @Override
    public final void transferTo(OutputStream out) throws IOException {
        if (started) {
            throw new IllegalStateException("the message was read already");
        }
        started = true;
        sink = out;
        try {
            readAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(new InterruptedWireException());
        } finally {
            sink = null;
        }
        refuseInTheEnd();
        if (refusal != null) {
            throw new RefusedMessageException(refusal);
        }
    }

    private void refuseInTheEnd() {
        boolean declared =
                params.smtputf8() || params.body() == BodyType.EIGHT_BIT_MIME || params.body() == BodyType.BINARY_MIME;
        if (refusal != null) {
            return;
        }
        if (bareLf && !server.options.leniencies().contains(Leniency.BARE_LF)) {
            refusal = BARE_LF;
        } else if (eightBit() && !declared && !server.options.leniencies().contains(Leniency.UNDECLARED_8BIT)) {
            refusal = EIGHT_BIT;
        }
    }

    /**
     * Reads on what the transaction didn't, to stay in step.
     *
     * @throws IOException when the connection breaks, or too much is left
     */
    final void discardRest() throws IOException, InterruptedException {
        started = true;
        sink = null;
        skipRest();
        refuseInTheEnd();
    }

    /** What the connection broke with, as against the sink; null when it is well. */
    final @Nullable IOException failure() {
        return failure;
    }

    final IOException failed(IOException cause) {
        failure = cause;
        return cause;
    }

    /** What was found wrong with the message so far, null when nothing. */
    final @Nullable SmtpReply refusal() {
        return refusal;
    }

    final void refuse(SmtpReply reply) {
        if (refusal == null) {
            refusal = reply;
        }
    }

    final void sawBareLf() {
        bareLf = true;
    }

    /** Waits for more octets of the message. */
    final void fill() throws IOException, InterruptedException {
        try {
            wire.fill(Math.min(wire.deadline(server.limits.dataWait()), totalDeadline));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Hands a range of the read buffer on, unless the message is lost anyway. */
    final void emit(int from, int to) throws IOException {
        int length = to - from;
        if (length == 0) {
            return;
        }
        if (refusal == null && size + length > server.limits.messageBytes()) {
            refusal = tooLarge(server.limits.messageBytes());
        }
        OutputStream out = sink;
        if (refusal != null || out == null) {
            discard(length);
            return;
        }
        size += length;
        for (int i = from; i < to; i++) {
            octetsOred |= wire.buffer[i];
        }
        try {
            out.write(wire.buffer, from, length);
        } catch (IOException e) {
            sink = null;
            throw e;
        }
    }

    private void discard(int length) throws IOException {
        discarded += length;
        if (discarded > server.limits.discardBytes()) {
            throw failed(new TooMuchToDiscardException());
        }
    }

    /** A limit lower than everybody's is told as this system's own policy. */
    private static SmtpReply tooLarge(long limit) {
        return SmtpReply.of(
                451,
                limit < SmtpLimits.DEFAULT_MESSAGE_BYTES ? "4.2.3" : "4.3.4",
                "message larger than " + limit + " octets");
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final boolean bareLf() {
        return bareLf;
    }

    @Override
    public final boolean eightBit() {
        return (octetsOred & 0x80) != 0;
    }
}
