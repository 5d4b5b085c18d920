package org.moxmail.smtp.server;

import org.moxmail.smtp.SmtpReply;

/** Whether a connection may come in. */
public sealed interface Admission {
    /** It may: the engine greets it with 220. */
    record Admitted(SmtpSession session) implements Admission {}

    /** It may not: it gets {@code reply}, such as {@code 421 4.7.0} or 554, instead of a greeting, and is closed. */
    record Refused(SmtpReply reply) implements Admission {}

    /** Lets a connection in. */
    static Admission admit(SmtpSession session) {
        return new Admitted(session);
    }

    /** Turns a connection away. */
    static Admission refuse(SmtpReply reply) {
        return new Refused(reply);
    }
}
