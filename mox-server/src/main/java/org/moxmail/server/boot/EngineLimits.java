package org.moxmail.server.boot;

import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.server.auth.PasswordSettings;
import org.moxmail.smtp.server.SmtpLimits;
import org.moxmail.store.DeliveryRequest;
import org.moxmail.store.StoreLimits;

/**
 * The bounds of what the server is made of.
 *
 * @param smtp of SMTP connections
 * @param imap of IMAP connections
 * @param store of accounts
 * @param passwords what hashing them costs
 */
public record EngineLimits(SmtpLimits smtp, ImapServerLimits imap, StoreLimits store, PasswordSettings passwords) {
    /** Each its own default, with room in the store for the fields that are put in front of a message of full size. */
    public static final EngineLimits DEFAULT = new EngineLimits(
            SmtpLimits.DEFAULT,
            ImapServerLimits.DEFAULT,
            roomy(StoreLimits.DEFAULT, SmtpLimits.DEFAULT.messageBytes() + DeliveryRequest.MAX_PREFIX),
            PasswordSettings.DEFAULT);

    private static StoreLimits roomy(StoreLimits limits, long messageBytes) {
        return new StoreLimits(
                messageBytes,
                limits.rowBytes(),
                limits.quotaBytes(),
                limits.messagesPerWrite(),
                limits.keywordsPerMailbox(),
                limits.mailboxes(),
                limits.queuedChanges(),
                limits.groupedWrites(),
                limits.groupedBytes(),
                limits.deliveryKeys(),
                limits.deliveryKeyAge(),
                limits.idle(),
                limits.cacheBytes());
    }

    public EngineLimits withSmtp(SmtpLimits smtp) {
        return new EngineLimits(smtp, imap, store, passwords);
    }

    public EngineLimits withImap(ImapServerLimits imap) {
        return new EngineLimits(smtp, imap, store, passwords);
    }

    public EngineLimits withStore(StoreLimits store) {
        return new EngineLimits(smtp, imap, store, passwords);
    }

    public EngineLimits withPasswords(PasswordSettings passwords) {
        return new EngineLimits(smtp, imap, store, passwords);
    }
}
