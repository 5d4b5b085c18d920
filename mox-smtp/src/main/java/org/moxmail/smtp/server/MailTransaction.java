package org.moxmail.smtp.server;

import java.io.IOException;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpReply;

/**
 * One mail transaction, RFC 5321 §3.3. Calls: {@link #recipient} any number of times, then {@link #message} at most once and
 * only if a recipient was accepted, then {@link #close} always. One thread.
 */
public interface MailTransaction extends AutoCloseable {
    /**
     * A recipient was named.
     *
     * @return a positive reply when the message will be taken for it, otherwise a refusal; sent as it is
     */
    SmtpReply recipient(ForwardPath to, RcptParams params);

    /**
     * The message comes. It is ours once a positive reply was returned, RFC 5321 §6.1. What the stream still holds when this
     * returns is discarded.
     *
     * @param body the octets; reading them throws when the message must not be accepted ({@link RefusedMessageException}),
     *     when the client gives up and when the connection breaks: let that pass, the engine knows what to do
     * @return the reply, sent as it is
     * @throws IOException from {@code body}; any other one, such as of a full disk, is answered with {@code 451 4.3.0}
     */
    SmtpReply message(MessageStream body) throws IOException;

    /** The transaction is over, or was given up (RSET, QUIT, a lost connection): what wasn't accepted is dropped. */
    @Override
    void close();
}
