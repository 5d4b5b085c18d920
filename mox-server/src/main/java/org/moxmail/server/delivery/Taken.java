package org.moxmail.server.delivery;

import org.moxmail.message.HeaderFields;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.smtp.SmtpReply;

/** What became of a message's octets. */
public sealed interface Taken {
    /** They are spooled. Who took them closes the spool. */
    record Spooled(Spool spool, HeaderFields header) implements Taken {}

    /** They aren't kept, and this is why. */
    record Refused(SmtpReply reply) implements Taken {}
}
