package org.moxmail.server.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.imap.server.ReadView;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.MailReader;

/** A snapshot of an account. */
class StoreReadView implements ReadView {
    private final MailReader reader;
    private final long acknowledged;

    /** @param acknowledged up to where the session has told its client of removed messages */
    StoreReadView(MailReader reader, long acknowledged) {
        this.reader = reader;
        this.acknowledged = acknowledged;
    }

    @Override
    public long highestModSeq() {
        return reader.highestModSeq();
    }

    @Override
    public Optional<MailboxInfo> mailbox(MailboxName name) throws IOException {
        return reader.mailbox(name);
    }

    @Override
    public Optional<MailboxInfo> mailbox(long mailboxId) throws IOException {
        return reader.mailbox(mailboxId);
    }

    @Override
    public List<MailboxInfo> mailboxes() throws IOException {
        return reader.mailboxes();
    }

    @Override
    public Set<MailboxName> subscriptions() throws IOException {
        return reader.subscriptions();
    }

    @Override
    public UidSet uids(long mailboxId) throws IOException {
        return reader.uids(mailboxId);
    }

    @Override
    public long firstUnseen(long mailboxId) throws IOException {
        return reader.firstUnseen(mailboxId);
    }

    @Override
    public void messages(long mailboxId, UidSet uids, long changedSince, RowVisitor visitor) throws IOException {
        reader.messages(mailboxId, uids, changedSince, visitor::visit);
    }

    @Override
    public UidSet expungedSince(long mailboxId, long since) throws IOException {
        return reader.expungedSince(mailboxId, since);
    }

    @Override
    public void removed(long mailboxId, UidSet uids, RowVisitor visitor) throws IOException {
        reader.removed(mailboxId, uids, acknowledged, visitor::visit);
    }
}
