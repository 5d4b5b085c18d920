package org.moxmail.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/**
 * A view that also changes the account, and sees its changes. Everything done through one view has one mod-sequence. A
 * refusal changed nothing and leaves the view usable. One call may touch at most {@link StoreLimits#messagesPerWrite}
 * messages and is refused with {@code LIMIT} otherwise.
 */
public final class MailWriter extends MailReader {
    private final OpenAccount owner;
    private final AccountTx account;
    private final MessageEdits messages;
    private final MailboxEdits mailboxes;

    MailWriter(OpenAccount owner, AccountTx account) {
        super(account.tx(), account.limits());
        this.owner = owner;
        this.account = account;
        messages = new MessageEdits(account, this);
        mailboxes = new MailboxEdits(account, this, messages);
    }

    @Override
    void settle() {
        account.flushSets();
    }

    @Override
    AccountState state() {
        return account.state();
    }

    @Override
    Counters counters(long mailboxId) {
        return account.counters(mailboxId);
    }

    AccountTx account() {
        return account;
    }

    MessageEdits edits() {
        return messages;
    }

    /**
     * Adds a message.
     *
     * @param message from {@link Account#spool}, its stream closed
     */
    public Outcome<AppendResult> append(long mailboxId, Spool message, Flags flags, Instant internalDate)
            throws IOException {
        SpooledMessage spooled = spooled(message);
        return messages.add(
                mailboxId, MessageEdits.Arrival.of(spooled, spooled.placed(owner), "", flags, internalDate, "", ""));
    }

    /**
     * Edits flags.
     *
     * @param unchangedSince messages with a higher mod-sequence are left alone, RFC 7162 §3.1.3; negative for no guard
     */
    public Outcome<StoreResult> store(long mailboxId, UidSet uids, FlagEdit edit, long unchangedSince)
            throws IOException {
        return messages.store(mailboxId, uids, edit, unchangedSince);
    }

    /** Copies messages; the copies share the octets. */
    public Outcome<CopyResult> copy(long from, UidSet uids, long to) throws IOException {
        return messages.copy(from, uids, to);
    }

    /** Moves messages, RFC 6851. They keep their message ids. */
    public Outcome<CopyResult> move(long from, UidSet uids, long to) throws IOException {
        return messages.move(from, uids, to);
    }

    /** Expunges those of {@code uids} that have {@code \Deleted} and says which. */
    public Outcome<UidSet> expunge(long mailboxId, UidSet uids) throws IOException {
        return messages.expunge(mailboxId, uids);
    }

    /**
     * Makes a mailbox, and its parents where they are missing, and subscribes to what it made; parents first. A special
     * use leaves the mailbox that had it.
     */
    public Outcome<List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) throws IOException {
        return mailboxes.create(name, uses);
    }

    /** Renames a mailbox and everything below it; Inbox's messages move instead, RFC 9051 §6.3.6. */
    public Outcome<MailboxName> rename(MailboxName from, MailboxName to) throws IOException {
        return mailboxes.rename(from, to);
    }

    /** Deletes a mailbox and its messages. Its subscription stays. */
    public Outcome<MailboxName> delete(MailboxName name) throws IOException {
        return mailboxes.delete(name);
    }

    /** Says what a mailbox is for. Uses leave the mailboxes that had them. */
    public Outcome<MailboxInfo> specialUse(MailboxName name, Set<SpecialUse> uses) throws IOException {
        return mailboxes.specialUse(name, uses);
    }

    /** False when it was subscribed already. */
    public boolean subscribe(MailboxName name) {
        return mailboxes.subscribe(name);
    }

    /** False when it wasn't subscribed. */
    public boolean unsubscribe(MailboxName name) {
        return mailboxes.unsubscribe(name);
    }

    /** Replaces all of the account's secrets. */
    public void secrets(Collection<Secret> secrets) {
        for (SecretKind kind : SecretKind.values()) {
            account.tx().delete(Tables.SECRETS, SecretCodec.key(kind));
        }
        Set<SecretKind> kinds = EnumSet.noneOf(SecretKind.class);
        for (Secret secret : secrets) {
            if (!kinds.add(secret.kind())) {
                throw new IllegalArgumentException("two secrets of kind " + secret.kind());
            }
            account.tx().insert(Tables.SECRETS, secret);
        }
    }

    /** Sets the account's storage limit: 0 for the store's default, negative for none. */
    public void quotaLimit(long bytes) {
        account.state().quotaLimit = bytes;
    }

    static SpooledMessage spooled(Spool message) {
        if (message instanceof SpooledMessage spooled) {
            return spooled;
        }
        throw new IllegalArgumentException("a spool that isn't the store's");
    }
}
