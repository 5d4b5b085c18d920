package org.moxmail.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that IMAP's ENVELOPE tells (RFC 9051 §7.5.2), unfolded but not decoded: encoded-words stay, since
 * IMAP clients decode them. Absent fields are null or empty lists; {@code sender} and {@code replyTo} default to
 * {@code from} as the RFC says. Octets that aren't UTF-8 survive as lone surrogates, see {@link HeaderText}.
 *
 * @param date the Date field's text
 * @param subject the Subject field's text
 * @param inReplyTo the In-Reply-To field's text
 * @param messageId the Message-ID field's text
 */
public record Envelope(
        @Nullable String date,
        @Nullable String subject,
        List<MailboxAddress> from,
        List<MailboxAddress> sender,
        List<MailboxAddress> replyTo,
        List<MailboxAddress> to,
        List<MailboxAddress> cc,
        List<MailboxAddress> bcc,
        @Nullable String inReplyTo,
        @Nullable String messageId) {
    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
