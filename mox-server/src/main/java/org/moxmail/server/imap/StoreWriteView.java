package org.moxmail.server.imap;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.moxmail.imap.server.WriteView;
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
import org.moxmail.store.MailWriter;

/** A write to an account. */
final class StoreWriteView extends StoreReadView implements WriteView {
    private final MailWriter writer;

    StoreWriteView(MailWriter writer, long acknowledged) {
        super(writer, acknowledged);
        this.writer = writer;
    }

    @Override
    public Outcome<AppendResult> append(long mailboxId, Spool message, Flags flags, Instant internalDate)
            throws IOException {
        return writer.append(mailboxId, message, flags, internalDate);
    }

    @Override
    public Outcome<StoreResult> store(long mailboxId, UidSet uids, FlagEdit edit, long unchangedSince)
            throws IOException {
        return writer.store(mailboxId, uids, edit, unchangedSince);
    }

    @Override
    public Outcome<CopyResult> copy(long from, UidSet uids, long to) throws IOException {
        return writer.copy(from, uids, to);
    }

    @Override
    public Outcome<CopyResult> move(long from, UidSet uids, long to) throws IOException {
        return writer.move(from, uids, to);
    }

    @Override
    public Outcome<UidSet> expunge(long mailboxId, UidSet uids) throws IOException {
        return writer.expunge(mailboxId, uids);
    }

    @Override
    public Outcome<List<MailboxInfo>> create(MailboxName name, Set<SpecialUse> uses) throws IOException {
        return writer.create(name, uses);
    }

    @Override
    public Outcome<MailboxName> rename(MailboxName from, MailboxName to) throws IOException {
        return writer.rename(from, to);
    }

    @Override
    public Outcome<MailboxName> delete(MailboxName name) throws IOException {
        return writer.delete(name);
    }

    @Override
    public boolean subscribe(MailboxName name) throws IOException {
        return writer.subscribe(name);
    }

    @Override
    public boolean unsubscribe(MailboxName name) throws IOException {
        return writer.unsubscribe(name);
    }
}
