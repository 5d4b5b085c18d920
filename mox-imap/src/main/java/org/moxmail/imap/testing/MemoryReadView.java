package org.moxmail.imap.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.moxmail.imap.server.ReadView;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

/** Reads one state. */
class MemoryReadView implements ReadView {
    final MemoryMail session;
    MemoryState state;
    private boolean open = true;

    MemoryReadView(MemoryMail session, MemoryState state) {
        this.session = session;
        this.state = state;
    }

    final void end() {
        open = false;
    }

    final void check() {
        if (!open) {
            throw new IllegalStateException("the view's work has ended");
        }
    }

    @Override
    public long highestModSeq() {
        check();
        return state.modSeq;
    }

    @Override
    public long available() {
        check();
        return session.account().quota() - state.size();
    }

    @Override
    public Optional<MailboxInfo> mailbox(MailboxName name) {
        check();
        return Optional.ofNullable(state.box(name)).map(MemoryBox::info);
    }

    @Override
    public Optional<MailboxInfo> mailbox(long mailboxId) {
        check();
        return Optional.ofNullable(state.boxes.get(mailboxId)).map(MemoryBox::info);
    }

    @Override
    public List<MailboxInfo> mailboxes() {
        check();
        List<MailboxInfo> all = new ArrayList<>();
        for (MailboxName name : state.names.keySet()) {
            mailbox(name).ifPresent(all::add);
        }
        return all;
    }

    @Override
    public Set<MailboxName> subscriptions() {
        check();
        return new TreeSet<>(state.subscriptions);
    }

    @Override
    public UidSet uids(long mailboxId) {
        check();
        MemoryBox box = state.boxes.get(mailboxId);
        return box == null ? UidSet.EMPTY : box.uids();
    }

    @Override
    public long firstUnseen(long mailboxId) {
        check();
        MemoryBox box = state.boxes.get(mailboxId);
        return box == null ? 0 : box.firstUnseen();
    }

    @Override
    public void messages(long mailboxId, UidSet uids, long changedSince, RowVisitor visitor) throws IOException {
        check();
        MemoryBox box = state.boxes.get(mailboxId);
        if (box == null) {
            return;
        }
        for (int i = 0; i < uids.ranges(); i++) {
            for (MemoryMessage message : box.messages()
                    .subMap(uids.first(i), true, uids.last(i), true)
                    .values()) {
                if (message.modSeq() > changedSince && !visitor.visit(message)) {
                    return;
                }
            }
        }
    }

    @Override
    public UidSet expungedSince(long mailboxId, long since) {
        check();
        MemoryBox box = state.boxes.get(mailboxId);
        return box == null ? UidSet.EMPTY : box.expungedSince(since);
    }

    @Override
    public void removed(long mailboxId, UidSet uids, RowVisitor visitor) throws IOException {
        check();
        for (MemoryMessage message : session.account().removed(session, mailboxId, uids)) {
            if (!visitor.visit(message)) {
                return;
            }
        }
    }
}
