package org.moxmail.imap.server;

import java.io.IOException;
import java.time.Instant;
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

/** A view that also changes the account. Everything done through one view has one mod-sequence. */
public interface WriteView extends ReadView {
    Outcome<AppendResult> append(long mailboxId, Spool message, Flags flags, Instant internalDate) throws IOException;

    /**
     * Edits flags.
     *
     * @param unchangedSince messages with a higher mod-sequence are left alone, RFC 7162 §3.1.3; negative for no guard
     */
    Outcome<StoreResult> store(long mailboxId, UidSet uids, FlagEdit edit, long unchangedSince) throws IOException;

    Outcome<CopyResult> copy(long from, UidSet uids, long to) throws IOException;

    Outcome<CopyResult> move(long from, UidSet uids, long to) throws IOException;

    /** Expunges those of {@code uids} that have {@code \Deleted} and says which. */
    Outcome<UidSet> expunge(long mailboxId, UidSet uids) throws IOException;

    /** Makes a mailbox, and its parents where they are missing, and subscribes to what it made; parents first. */
    Outcome<java.util.List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) throws IOException;

    /** Renames a mailbox and everything below it; Inbox's messages move instead, RFC 9051 §6.3.6. */
    Outcome<MailboxName> rename(MailboxName from, MailboxName to) throws IOException;

    Outcome<MailboxName> delete(MailboxName name) throws IOException;

    /** False when it was subscribed already. */
    boolean subscribe(MailboxName name) throws IOException;

    /** False when it wasn't subscribed. */
    boolean unsubscribe(MailboxName name) throws IOException;
}
