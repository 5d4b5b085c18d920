package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchWriter;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.ResponseCode;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.UidSet;

/**
 * What a client has once it is logged in: mail, a place in the stream of changes, perhaps a selected mailbox, and what it
 * enabled. Used by the connection's thread, or by IDLE's while that has the connection.
 */
final class Session implements AutoCloseable, SelectedMailbox.Updates {
    private final AccountMail mail;
    private final ChangeCursor cursor;
    private final ImapEncoder out;
    private final List<Change> mailboxNews = new ArrayList<>();
    /** Own writes whose changes the client has still to be told. */
    private final Set<Long> untold = new HashSet<>();
    /** Own writes of flags that the client didn't want to be told. */
    private final Set<Long> silent = new HashSet<>();

    private @Nullable SelectedMailbox selected;
    private long polled;
    private long acknowledged;
    private boolean condstore;
    private boolean rev2;
    private boolean utf8;

    Session(AccountMail mail, ImapEncoder out) {
        this.mail = mail;
        this.out = out;
        cursor = mail.changes();
    }

    AccountMail mail() {
        return mail;
    }

    ChangeCursor cursor() {
        return cursor;
    }

    ImapEncoder out() {
        return out;
    }

    @Nullable
    SelectedMailbox selected() {
        return selected;
    }

    boolean condstore() {
        return condstore;
    }

    boolean rev2() {
        return rev2;
    }

    MailboxEncoding encoding() {
        return rev2 || utf8 ? MailboxEncoding.UTF8 : MailboxEncoding.MODIFIED_UTF7;
    }

    void enableRev2() {
        rev2 = true;
        out.encoding(encoding());
    }

    void enableUtf8() {
        utf8 = true;
        out.encoding(encoding());
    }

    /** From now on mod-sequences are told, RFC 7162 §3.1. */
    void enableCondstore() {
        condstore = true;
    }

    /** The same, and tells the selected mailbox's, RFC 7162 §3.1.2. */
    void enableCondstoreTelling() throws IOException {
        SelectedMailbox mailbox = selected;
        if (condstore) {
            return;
        }
        condstore = true;
        if (mailbox != null && !mailbox.deleted()) {
            Optional<MailboxInfo> info = mail.read(view -> view.mailbox(mailbox.id()));
            if (info.isPresent()) {
                out.condition(
                        ImapResponse.Status.OK,
                        new ResponseCode.HighestModSeq(info.get().highestModSeq()),
                        "from now on mod-sequences are told");
            }
        }
    }

    /** Selects what was read after {@link #poll}. */
    void select(SelectedMailbox mailbox) {
        selected = mailbox;
    }

    /** Leaves the selected mailbox; nothing of it has to be readable for us any longer. */
    void deselect() throws IOException {
        poll();
        selected = null;
        acknowledge();
    }

    /** The client wasn't told of what a write of ours did to flags. */
    void tellOwn(long modSeq) {
        untold.add(modSeq);
    }

    /** The client asked for a write of ours to flags, and not to be told what became of it. */
    void silentOwn(long modSeq) {
        silent.add(modSeq);
    }

    /** Takes over what happened. Nothing is told. */
    void poll() throws IOException {
        take(cursor.poll());
    }

    /** Takes over commits from the cursor. */
    void take(List<Commit> commits) throws IOException {
        for (Commit commit : commits) {
            long known = polled;
            polled = Math.max(polled, commit.modSeq());
            if (commit.changes().stream().anyMatch(Change.Overflow.class::isInstance)) {
                resynchronize(known);
                continue;
            }
            boolean own = commit.origin() == cursor.origin();
            if (!own) {
                commit.changes().stream().filter(Session::isMailboxNews).forEach(mailboxNews::add);
            }
            if (selected != null) {
                selected.apply(commit, own ? known(commit.modSeq()) : SelectedMailbox.Known.NOTHING);
            }
        }
    }

    private SelectedMailbox.Known known(long own) {
        if (untold.remove(own)) {
            return SelectedMailbox.Known.NOTHING;
        }
        return silent.remove(own) ? SelectedMailbox.Known.EDIT : SelectedMailbox.Known.FLAGS;
    }

    private static boolean isMailboxNews(Change change) {
        return change instanceof Change.MailboxCreated
                || change instanceof Change.MailboxDeleted
                || change instanceof Change.MailboxRenamed
                || change instanceof Change.Subscribed
                || change instanceof Change.Unsubscribed;
    }

    /** Changes after {@code known} were lost: reads what they led to. */
    private void resynchronize(long known) throws IOException {
        untold.clear();
        silent.clear();
        SelectedMailbox mailbox = selected;
        if (mailbox == null) {
            return;
        }
        long since = Math.max(known, mailbox.snapshot());
        polled = Math.max(polled, mail.read(view -> {
            Optional<MailboxInfo> info = view.mailbox(mailbox.id());
            if (info.isEmpty()) {
                mailbox.noteDeleted();
                return view.highestModSeq();
            }
            mailbox.noteName(info.get().name());
            UidSet current = view.uids(mailbox.id());
            mailbox.resynchronize(current, view.highestModSeq());
            view.messages(mailbox.id(), UidSet.EVERY, since, row -> {
                mailbox.noteFlags(row.uid(), row.flags(), row.modSeq());
                return true;
            });
            return view.highestModSeq();
        }));
    }

    /** Tells the client everything that it wasn't told yet. Not while it may hear no EXPUNGE, RFC 9051 §7.5.1. */
    void tell() throws IOException {
        poll();
        tellPolled();
    }

    /** The same without looking for more. */
    void tellPolled() throws IOException {
        if (!mailboxNews.isEmpty()) {
            List<Change> news = List.copyOf(mailboxNews);
            mailboxNews.clear();
            MailboxNews.tell(this, news);
        }
        if (selected != null) {
            selected.tell(this);
        }
        acknowledge();
    }

    private void acknowledge() {
        if (polled > acknowledged && (selected == null || !selected.hasPendingRemovals())) {
            acknowledged = polled;
            cursor.acknowledge(polled);
        }
    }

    @Override
    public void expunged(long number, long uid) throws IOException {
        out.write(new ImapResponse.Expunge(number));
    }

    @Override
    public void exists(long count) throws IOException {
        out.write(new ImapResponse.Exists(count));
    }

    @Override
    public void flags(long number, long uid, Flags flags, long modSeq) throws IOException {
        FetchWriter fetch = out.fetch(number).uid(uid).flags(flags);
        if (condstore) {
            fetch.modSeq(modSeq);
        }
        fetch.end();
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } finally {
            mail.close();
        }
    }
}
