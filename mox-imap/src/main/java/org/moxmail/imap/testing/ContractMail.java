package org.moxmail.imap.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.imap.server.ReadView;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/** A session with short ways to do what the contract's checks do. */
final class ContractMail implements AutoCloseable {
    static final Instant DATE = Instant.parse("2025-12-24T18:00:00Z");
    static final Flags SEEN = Flags.of(Flags.SEEN);
    static final Flags DELETED = Flags.of(Flags.DELETED);

    /** A row as it was during the visit. */
    record Row(long messageId, long uid, long modSeq, Flags flags, long size, long internalDate) {
        static Row of(MessageRow row) {
            return new Row(
                    row.messageId(), row.uid(), row.modSeq(), row.flags(), row.sizeBytes(), row.internalDateMillis());
        }
    }

    private final AccountMail mail;

    ContractMail(MailBackendContract.Account account) throws IOException {
        mail = account.session();
    }

    AccountMail mail() {
        return mail;
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused.refusal());
        };
    }

    static void refused(Refusal why, Outcome<?> outcome, String what) {
        MailBackendContract.equal(Outcome.refused(why), outcome, what);
    }

    MailboxInfo create(String name, SpecialUse... uses) throws IOException {
        return done(mail.write(view -> view.create(MailboxName.of(name), Set.of(uses))))
                .getLast();
    }

    MailboxInfo info(String name) throws IOException {
        return mail.read(view -> view.mailbox(MailboxName.of(name)))
                .orElseThrow(() -> new AssertionError("no mailbox " + name));
    }

    boolean exists(String name) throws IOException {
        return mail.read(view -> view.mailbox(MailboxName.of(name))).isPresent();
    }

    Spool spool(String text) throws IOException {
        Spool spool = mail.spool();
        try (OutputStream out = spool.out()) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return spool;
    }

    static String text(String subject) {
        return "Subject: " + subject + "\r\n\r\nbody of " + subject + "\r\n";
    }

    AppendResult append(MailboxInfo mailbox, Flags flags, String text) throws IOException {
        try (Spool spool = spool(text)) {
            return done(mail.write(view -> view.append(mailbox.id(), spool, flags, DATE)));
        }
    }

    AppendResult append(MailboxInfo mailbox, Flags flags) throws IOException {
        return append(mailbox, flags, text("test"));
    }

    StoreResult store(MailboxInfo mailbox, UidSet uids, FlagEdit.Mode mode, Flags flags, long unchangedSince)
            throws IOException {
        FlagEdit edit = new FlagEdit(mode, flags);
        return done(mail.write(view -> view.store(mailbox.id(), uids, edit, unchangedSince)));
    }

    CopyResult copy(MailboxInfo from, UidSet uids, MailboxInfo to) throws IOException {
        return done(mail.write(view -> view.copy(from.id(), uids, to.id())));
    }

    CopyResult move(MailboxInfo from, UidSet uids, MailboxInfo to) throws IOException {
        return done(mail.write(view -> view.move(from.id(), uids, to.id())));
    }

    UidSet expunge(MailboxInfo mailbox, UidSet uids) throws IOException {
        return done(mail.write(view -> view.expunge(mailbox.id(), uids)));
    }

    UidSet uids(MailboxInfo mailbox) throws IOException {
        return mail.read(view -> view.uids(mailbox.id()));
    }

    List<Row> rows(MailboxInfo mailbox) throws IOException {
        return mail.read(view -> rows(view, mailbox, UidSet.EVERY, 0));
    }

    static List<Row> rows(ReadView view, MailboxInfo mailbox, UidSet uids, long changedSince) throws IOException {
        List<Row> rows = new ArrayList<>();
        view.messages(mailbox.id(), uids, changedSince, row -> rows.add(Row.of(row)));
        return rows;
    }

    Row row(MailboxInfo mailbox, long uid) throws IOException {
        return rows(mailbox).stream()
                .filter(row -> row.uid() == uid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no message " + uid));
    }

    List<Long> removed(MailboxInfo mailbox) throws IOException {
        return mail.read(view -> {
            List<Long> uids = new ArrayList<>();
            view.removed(mailbox.id(), UidSet.EVERY, row -> uids.add(row.uid()));
            return uids;
        });
    }

    String octets(long messageId) throws IOException {
        try (MessageContent content = mail.content(messageId)) {
            var out = new java.io.ByteArrayOutputStream();
            content.writeTo(out, 0, content.size());
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    long highest() throws IOException {
        return mail.read(ReadView::highestModSeq);
    }

    /** The only commit that waits. */
    static Commit only(ChangeCursor cursor) {
        List<Commit> commits = cursor.poll();
        MailBackendContract.equal(1, commits.size(), "commits in " + commits);
        return commits.getFirst();
    }

    /** The only change of a kind in a commit. */
    static <C extends Change> C only(Commit commit, Class<C> kind) {
        List<C> found = commit.changes().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        MailBackendContract.equal(1, found.size(), kind.getSimpleName() + " in " + commit);
        return found.getFirst();
    }

    @Override
    public void close() {
        mail.close();
    }
}
