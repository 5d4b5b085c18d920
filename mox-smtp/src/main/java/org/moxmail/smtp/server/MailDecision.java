package org.moxmail.smtp.server;

import org.moxmail.smtp.SmtpReply;

/** Whether a mail transaction begins. */
public sealed interface MailDecision {
    /** It does; the engine answers {@code 250 2.1.0} and closes the transaction in the end. */
    record Begin(MailTransaction transaction) implements MailDecision {}

    /** It doesn't. */
    record Refuse(SmtpReply reply) implements MailDecision {}

    /** Begins a transaction. */
    static MailDecision begin(MailTransaction transaction) {
        return new Begin(transaction);
    }

    /** Refuses one. */
    static MailDecision refuse(SmtpReply reply) {
        return new Refuse(reply);
    }
}
