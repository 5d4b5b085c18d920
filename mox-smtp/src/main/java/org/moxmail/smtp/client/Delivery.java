package org.moxmail.smtp.client;

import java.util.List;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.ReversePath;

/**
 * An envelope to deliver.
 *
 * @param from the reverse-path
 * @param params what the message is and needs. SIZE is added by the client. BODY, AUTH, RET and ENVID are left out where the
 *     server doesn't know them; {@code BINARYMIME}, SMTPUTF8, REQUIRETLS and a release time that it doesn't know fail the
 *     delivery
 * @param recipients at least one; NOTIFY and ORCPT are left out where the server doesn't know DSN
 * @param insistOn8bit a message of 8BITMIME fails where the server doesn't know it; otherwise it is sent all the same, which
 *     works everywhere by now
 */
public record Delivery(ReversePath from, MailParams params, List<Recipient> recipients, boolean insistOn8bit) {
    /** One recipient. */
    public record Recipient(ForwardPath to, RcptParams params) {}

    public Delivery {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("nobody to deliver to");
        }
    }

    /** An envelope without parameters. */
    public static Delivery of(ReversePath from, ForwardPath... to) {
        return new Delivery(
                from,
                MailParams.NONE,
                List.of(to).stream()
                        .map(path -> new Recipient(path, RcptParams.NONE))
                        .toList(),
                false);
    }

    /** The same with other parameters. */
    public Delivery withParams(MailParams other) {
        return new Delivery(from, other, recipients, insistOn8bit);
    }
}
