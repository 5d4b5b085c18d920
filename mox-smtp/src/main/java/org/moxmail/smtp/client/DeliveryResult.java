package org.moxmail.smtp.client;

import org.moxmail.smtp.SmtpReply;

/** What became of a message for one recipient. */
public sealed interface DeliveryResult {
    /** The server has it now. */
    record Delivered(SmtpReply reply) implements DeliveryResult {}

    /** The server has it not. */
    record Failed(SmtpFailure failure) implements DeliveryResult {}
}
