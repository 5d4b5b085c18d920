package org.moxmail.imap.testing;

import static org.moxmail.imap.testing.ContractMail.DELETED;
import static org.moxmail.imap.testing.ContractMail.SEEN;
import static org.moxmail.imap.testing.ContractMail.only;
import static org.moxmail.imap.testing.ContractMail.refused;
import static org.moxmail.imap.testing.MailBackendContract.claim;
import static org.moxmail.imap.testing.MailBackendContract.equal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;

/** What can be done with messages. */
final class ContractOfMessages {
    private static final Flags WORK = Flags.of(Flags.FLAGGED, Set.of("work"));
    private static final long NOWHERE = 1_000_000_007L;

    private ContractOfMessages() {}

    static void addTo(List<MailBackendContract.Rule> rules) {
        add(rules, "a spool mends line ends and can be read when it is done", ContractOfMessages::spool);
        add(rules, "a spool that nothing takes over leaves nothing behind", ContractOfMessages::droppedSpool);
        add(rules, "an appended message can be read as it came", ContractOfMessages::append);
        add(rules, "appending counts", ContractOfMessages::counts);
        add(rules, "there is no appending where there is no mailbox", ContractOfMessages::appendNowhere);
        add(rules, "rows come in ascending order until the visitor has enough", ContractOfMessages::visit);
        add(rules, "rows can be had by what changed since", ContractOfMessages::changedSince);
        add(rules, "storing flags says what it changed", ContractOfMessages::store);
        add(rules, "storing flags spares what others changed", ContractOfMessages::unchangedSince);
        add(rules, "new keywords are the mailbox's for good", ContractOfMessages::keywords);
        add(rules, "a copy has a UID of its own and everything else alike", ContractOfMessages::copy);
        add(rules, "a moved message is only where it went", ContractOfMessages::move);
        add(rules, "copying nothing or to nowhere", ContractOfMessages::copyNothing);
        add(rules, "expunging takes the deleted ones among those asked for", ContractOfMessages::expunge);
        add(rules, "the first unseen message", ContractOfMessages::firstUnseen);
    }

    private static void add(List<MailBackendContract.Rule> rules, String name, MailBackendContract.Check check) {
        rules.add(new MailBackendContract.Rule(name, check));
    }

    private static void spool(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                Spool spool = mail.spool("Subject: x\n\nline\r\nline\n")) {
            String mended = "Subject: x\r\n\r\nline\r\nline\r\n";
            equal((long) mended.length(), spool.size(), "size");
            equal(
                    "x",
                    java.util.Objects.requireNonNull(spool.structure().envelope())
                            .subject(),
                    "subject");
            equal(14L, spool.structure().bodyOffset(), "where the body starts");
            try (MessageContent content = spool.content()) {
                equal((long) mended.length(), content.size(), "size");
                byte[] block = new byte[4];
                equal(4, content.read(14, block, 0, 4), "octets read");
                equal("line", new String(block, java.nio.charset.StandardCharsets.US_ASCII), "octets");
                equal(-1, content.read(content.size(), block, 0, 4), "read at the end");
            }
            try {
                spool.out();
                throw new AssertionError("a second stream");
            } catch (IllegalStateException e) {
                claim(true, "refused");
            }
        }
    }

    private static void droppedSpool(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.spool(ContractMail.text("dropped")).close();
            mail.mail().spool().close();
            equal(UidSet.EMPTY, mail.uids(box), "messages");
        }
    }

    private static void append(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            String text = "Subject: caf\u00e9\r\nFrom: a@example.org\r\n\r\n\u00ff\0binary\r\n";
            AppendResult appended = mail.append(box, WORK, text);
            equal(1L, appended.uid(), "UID");
            equal(box.uidValidity(), appended.uidValidity(), "UIDVALIDITY");
            ContractMail.Row row = mail.row(box, 1);
            equal(
                    new ContractMail.Row(
                            appended.messageId(),
                            1,
                            appended.modSeq(),
                            WORK,
                            text.length(),
                            ContractMail.DATE.toEpochMilli()),
                    row,
                    "row");
            equal(text, mail.octets(appended.messageId()), "octets");
            MessageDetails details = mail.mail().read(view -> {
                List<MessageDetails> found = new ArrayList<>();
                view.messages(box.id(), UidSet.of(1), 0, each -> found.add(each.details()));
                return found.getFirst();
            });
            equal((long) text.length(), details.structure().endOffset(), "where the body ends");
            equal(
                    "a",
                    java.util.Objects.requireNonNull(details.structure().envelope())
                            .from()
                            .getFirst()
                            .localpart(),
                    "From");
        }
    }

    private static void counts(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            equal(1L, box.uidNext(), "the first UID");
            long size = ContractMail.text("test").length();
            mail.append(box, Flags.NONE);
            mail.append(box, SEEN);
            AppendResult last = mail.append(box, DELETED);
            MailboxInfo now = mail.info("box");
            equal(4L, now.uidNext(), "UIDNEXT");
            equal(3L, now.messages(), "messages");
            equal(2L, now.unseen(), "unseen");
            equal(1L, now.deleted(), "deleted");
            equal(3 * size, now.sizeBytes(), "size");
            equal(size, now.deletedSizeBytes(), "deleted size");
            equal(last.modSeq(), now.highestModSeq(), "the highest mod-sequence");
            equal(now, mail.mail().read(view -> view.mailbox(box.id())).orElseThrow(), "the mailbox by its id");
        }
    }

    private static void appendNowhere(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                Spool spool = mail.spool(ContractMail.text("lost"))) {
            refused(
                    Refusal.NONEXISTENT,
                    mail.mail().write(view -> view.append(NOWHERE, spool, SEEN, ContractMail.DATE)),
                    "append");
            FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, SEEN);
            refused(
                    Refusal.NONEXISTENT,
                    mail.mail().write(view -> view.store(NOWHERE, UidSet.EVERY, edit, -1)),
                    "store");
            refused(Refusal.NONEXISTENT, mail.mail().write(view -> view.expunge(NOWHERE, UidSet.EVERY)), "expunge");
            equal(UidSet.EMPTY, mail.mail().read(view -> view.uids(NOWHERE)), "messages nowhere");
        }
    }

    private static void visit(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            for (int i = 0; i < 5; i++) {
                mail.append(box, i == 2 ? DELETED : Flags.NONE);
            }
            mail.expunge(box, UidSet.EVERY);
            List<Long> seen = mail.mail().read(view -> {
                List<Long> uids = new ArrayList<>();
                view.messages(box.id(), UidSet.of(9, 5, 4, 3, 2), 0, row -> {
                    uids.add(row.uid());
                    return uids.size() < 2;
                });
                return uids;
            });
            equal(List.of(2L, 4L), seen, "visited");
            equal(UidSet.of(1, 2, 4, 5), mail.uids(box), "messages");
        }
    }

    private static void changedSince(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            long before = mail.append(box, Flags.NONE).modSeq();
            mail.append(box, Flags.NONE);
            mail.store(box, UidSet.of(1), FlagEdit.Mode.ADD, SEEN, -1);
            List<Long> uids = mail.mail()
                    .read(view -> ContractMail.rows(view, box, UidSet.EVERY, before).stream()
                            .map(ContractMail.Row::uid)
                            .toList());
            equal(List.of(1L, 3L), uids, "changed since " + before);
        }
    }

    private static void store(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            mail.append(box, SEEN);
            mail.append(box, WORK);
            try (ChangeCursor cursor = mail.mail().changes()) {
                StoreResult added = mail.store(box, UidSet.range(1, 9), FlagEdit.Mode.ADD, SEEN, -1);
                Flags both = WORK.plus(SEEN);
                List<Change.Entry> entries = List.of(new Change.Entry(1, SEEN), new Change.Entry(3, both));
                equal(entries, added.changed(), "changed");
                equal(UidSet.of(2), added.unchanged(), "unchanged");
                equal(UidSet.EMPTY, added.conflicts(), "conflicts");
                Commit commit = only(cursor);
                equal(entries, only(commit, Change.FlagsChanged.class).messages(), "told");
                equal(commit.modSeq(), added.modSeq(), "mod-sequence");
                equal(added.modSeq(), mail.row(box, 1).modSeq(), "the changed one's");
                claim(mail.row(box, 2).modSeq() < added.modSeq(), "the unchanged one keeps its own");
                mail.store(box, UidSet.of(3), FlagEdit.Mode.REMOVE, WORK, -1);
                equal(SEEN, mail.row(box, 3).flags(), "after removal");
                mail.store(box, UidSet.of(3), FlagEdit.Mode.REPLACE, DELETED, -1);
                equal(DELETED, mail.row(box, 3).flags(), "after replacement");
                equal(1L, mail.info("box").unseen(), "unseen");
                equal(1L, mail.info("box").deleted(), "deleted");
            }
        }
    }

    private static void unchangedSince(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            long known = mail.append(box, Flags.NONE).modSeq();
            mail.store(box, UidSet.of(1), FlagEdit.Mode.ADD, WORK, -1);
            StoreResult result = mail.store(box, UidSet.of(1, 2), FlagEdit.Mode.ADD, SEEN, known);
            equal(UidSet.of(1), result.conflicts(), "conflicts");
            equal(List.of(new Change.Entry(2, SEEN)), result.changed(), "changed");
            equal(WORK, mail.row(box, 1).flags(), "left alone");
            StoreResult never = mail.store(box, UidSet.of(1, 2), FlagEdit.Mode.ADD, DELETED, 0);
            equal(UidSet.of(1, 2), never.conflicts(), "nothing is unchanged since 0");
        }
    }

    private static void keywords(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            try (ChangeCursor cursor = mail.mail().changes()) {
                mail.append(box, WORK);
                equal(
                        List.of("work"),
                        only(only(cursor), Change.KeywordsAdded.class).keywords(),
                        "told");
                mail.append(box, WORK);
                claim(
                        only(cursor).changes().stream().noneMatch(Change.KeywordsAdded.class::isInstance),
                        "told only once");
                mail.store(box, UidSet.of(1), FlagEdit.Mode.ADD, Flags.of(0, Set.of("a")), -1);
                mail.store(box, UidSet.EVERY, FlagEdit.Mode.REPLACE, Flags.NONE, -1);
                equal(List.of("a", "work"), mail.info("box").keywords(), "keywords");
            }
        }
    }

    private static void copy(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo from = mail.create("from");
            MailboxInfo to = mail.create("to");
            String text = ContractMail.text("copied");
            mail.append(from, Flags.NONE);
            mail.append(from, WORK, text);
            mail.append(from, SEEN);
            mail.append(to, Flags.NONE);
            try (ChangeCursor cursor = mail.mail().changes()) {
                CopyResult result = mail.copy(from, UidSet.of(2, 3, 8), to);
                equal(UidSet.of(2, 3), result.source(), "source");
                equal(UidSet.of(2, 3), result.target(), "target");
                equal(to.uidValidity(), result.uidValidity(), "UIDVALIDITY");
                Commit commit = only(cursor);
                equal(result.modSeq(), commit.modSeq(), "mod-sequence");
                equal(
                        List.of(new Change.Entry(2, WORK), new Change.Entry(3, SEEN)),
                        only(commit, Change.Added.class).messages(),
                        "told");
                equal(to.id(), only(commit, Change.Added.class).mailboxId(), "told of the target");
                ContractMail.Row copied = mail.row(to, 2);
                equal(text, mail.octets(copied.messageId()), "octets");
                equal(ContractMail.DATE.toEpochMilli(), copied.internalDate(), "internal date");
                equal(result.modSeq(), copied.modSeq(), "the copy's mod-sequence");
                equal(result.modSeq(), mail.info("to").highestModSeq(), "the target's");
                equal(result.modSeq(), mail.info("from").highestModSeq(), "the source's");
                equal(List.of("work"), mail.info("to").keywords(), "the target's keywords");
                equal(3L, mail.info("from").messages(), "messages left");
            }
        }
    }

    private static void move(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo from = mail.create("from");
            MailboxInfo to = mail.create("to");
            String text = ContractMail.text("moved");
            mail.append(from, WORK, text);
            mail.append(from, Flags.NONE);
            long before = mail.highest();
            try (ChangeCursor cursor = mail.mail().changes()) {
                CopyResult result = mail.move(from, UidSet.of(1), to);
                equal(UidSet.of(1), result.source(), "source");
                equal(UidSet.of(1), result.target(), "target");
                Commit commit = only(cursor);
                equal(new Change.Removed(from.id(), UidSet.of(1)), only(commit, Change.Removed.class), "told");
                equal(to.id(), only(commit, Change.Added.class).mailboxId(), "told of the target");
                cursor.acknowledge(commit.modSeq());
            }
            equal(UidSet.of(2), mail.uids(from), "left");
            equal(UidSet.of(1), mail.mail().read(view -> view.expungedSince(from.id(), before)), "expunged");
            equal(WORK, mail.row(to, 1).flags(), "flags");
            equal(text, mail.octets(mail.row(to, 1).messageId()), "octets");
            equal(1L, mail.info("from").messages(), "messages left");
            equal(1L, mail.info("to").messages(), "messages there");
        }
    }

    private static void copyNothing(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            MailboxInfo to = mail.create("to");
            mail.append(box, SEEN);
            CopyResult nothing = mail.copy(box, UidSet.of(7), to);
            equal(UidSet.EMPTY, nothing.source(), "source");
            equal(UidSet.EMPTY, nothing.target(), "target");
            refused(
                    Refusal.NONEXISTENT,
                    mail.mail().write(view -> view.copy(box.id(), UidSet.of(1), NOWHERE)),
                    "copy to nowhere");
            refused(
                    Refusal.NONEXISTENT,
                    mail.mail().write(view -> view.move(NOWHERE, UidSet.of(1), to.id())),
                    "move from nowhere");
        }
    }

    private static void expunge(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, DELETED);
            mail.append(box, SEEN);
            mail.append(box, DELETED);
            mail.append(box, DELETED);
            long before = mail.highest();
            try (ChangeCursor cursor = mail.mail().changes()) {
                equal(UidSet.of(1, 3), mail.expunge(box, UidSet.range(1, 3)), "expunged");
                Commit commit = only(cursor);
                equal(new Change.Removed(box.id(), UidSet.of(1, 3)), only(commit, Change.Removed.class), "told");
                equal(commit.modSeq(), mail.info("box").highestModSeq(), "the highest mod-sequence");
                equal(
                        UidSet.of(1, 3),
                        mail.mail().read(view -> view.expungedSince(box.id(), before)),
                        "expunged since");
                equal(
                        UidSet.EMPTY,
                        mail.mail().read(view -> view.expungedSince(box.id(), commit.modSeq())),
                        "expunged since then");
                equal(UidSet.of(2, 4), mail.uids(box), "left");
                equal(5L, mail.append(box, SEEN).uid(), "UIDs aren't used again");
            }
        }
    }

    private static void firstUnseen(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            equal(0L, mail.mail().read(view -> view.firstUnseen(box.id())), "of none");
            mail.append(box, SEEN);
            equal(0L, mail.mail().read(view -> view.firstUnseen(box.id())), "all seen");
            mail.append(box, DELETED);
            mail.append(box, Flags.NONE);
            equal(2L, mail.mail().read(view -> view.firstUnseen(box.id())), "the first");
        }
    }
}
