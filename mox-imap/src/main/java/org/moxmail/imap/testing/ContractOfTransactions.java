package org.moxmail.imap.testing;

import static org.moxmail.imap.testing.ContractMail.DELETED;
import static org.moxmail.imap.testing.ContractMail.SEEN;
import static org.moxmail.imap.testing.ContractMail.done;
import static org.moxmail.imap.testing.ContractMail.only;
import static org.moxmail.imap.testing.MailBackendContract.claim;
import static org.moxmail.imap.testing.MailBackendContract.equal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** Reads, writes and the stream of commits. */
final class ContractOfTransactions {
    private ContractOfTransactions() {}

    static void addTo(List<MailBackendContract.Rule> rules) {
        add(rules, "a read sees whole writes and nothing of unfinished ones", ContractOfTransactions::isolation);
        add(rules, "a write that throws leaves nothing behind", ContractOfTransactions::rollback);
        add(rules, "what is done through one view has one mod-sequence", ContractOfTransactions::oneModSeq);
        add(rules, "a write's commit is in every cursor when it returns", ContractOfTransactions::published);
        add(rules, "whoever hears of a commit can read what it did", ContractOfTransactions::readable);
        add(rules, "every cursor hears all commits in the same order", ContractOfTransactions::order);
        add(rules, "a commit names the session that wrote it", ContractOfTransactions::origin);
        add(rules, "a write that changes nothing isn't told", ContractOfTransactions::nothing);
        add(rules, "a cursor hears what is committed after it was opened", ContractOfTransactions::opened);
        add(rules, "waiting for a commit ends with one, or when it is woken", ContractOfTransactions::waiting);
        add(rules, "octets stay readable until their removal is acknowledged", ContractOfTransactions::acknowledged);
    }

    private static void add(List<MailBackendContract.Rule> rules, String name, MailBackendContract.Check check) {
        rules.add(new MailBackendContract.Rule(name, check));
    }

    private static void isolation(MailBackendContract.Account account) throws IOException, InterruptedException {
        try (ContractMail writer = new ContractMail(account);
                ContractMail reader = new ContractMail(account);
                ExecutorService threads = threads()) {
            MailboxInfo left = writer.create("left");
            MailboxInfo right = writer.create("right");
            Future<Boolean> writing = threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    try (Spool one = writer.spool(ContractMail.text("one"));
                            Spool two = writer.spool(ContractMail.text("two"))) {
                        writer.mail().write(view -> {
                            done(view.append(left.id(), one, Flags.NONE, ContractMail.DATE));
                            return done(view.append(right.id(), two, SEEN, ContractMail.DATE));
                        });
                    }
                }
                return true;
            });
            boolean more = true;
            while (more) {
                more = !writing.isDone();
                reader.mail().read(view -> {
                    long count = view.uids(left.id()).size();
                    equal(count, view.uids(right.id()).size(), "messages on both sides");
                    equal(count, view.mailbox(left.id()).orElseThrow().messages(), "count and messages");
                    return count;
                });
            }
            claim(get(writing), "the writer is done");
            equal(50L, reader.uids(left).size(), "messages in the end");
        }
    }

    private static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("another thread failed", e.getCause());
        }
    }

    private static void rollback(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                Spool spool = mail.spool(ContractMail.text("lost"))) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            long before = mail.highest();
            try (ChangeCursor cursor = mail.mail().changes()) {
                try {
                    mail.mail().write(view -> {
                        done(view.append(box.id(), spool, SEEN, ContractMail.DATE));
                        done(view.create(MailboxName.of("other"), Set.of()));
                        throw new IOException("on purpose");
                    });
                    throw new AssertionError("the write's exception was lost");
                } catch (IOException e) {
                    equal("on purpose", e.getMessage(), "the exception");
                }
                equal(List.of(), cursor.poll(), "commits");
            }
            equal(UidSet.of(1), mail.uids(box), "messages");
            claim(!mail.exists("other"), "the mailbox wasn't made");
            equal(before, mail.highest(), "the highest mod-sequence");
            equal(2L, mail.append(box, Flags.NONE).uid(), "the next UID");
        }
    }

    private static void oneModSeq(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                Spool spool = mail.spool(ContractMail.text("new"))) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            try (ChangeCursor cursor = mail.mail().changes()) {
                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, SEEN);
                AppendResult appended = mail.mail().write(view -> {
                    done(view.store(box.id(), UidSet.of(1), edit, -1));
                    return done(view.append(box.id(), spool, Flags.NONE, ContractMail.DATE));
                });
                Commit commit = only(cursor);
                equal(appended.modSeq(), commit.modSeq(), "the commit's mod-sequence");
                equal(appended.modSeq(), mail.row(box, 1).modSeq(), "the changed message's");
                equal(appended.modSeq(), mail.row(box, 2).modSeq(), "the new message's");
                equal(appended.modSeq(), mail.info("box").highestModSeq(), "the mailbox's");
                equal(appended.modSeq(), mail.highest(), "the account's");
                only(commit, Change.FlagsChanged.class);
                only(commit, Change.Added.class);
            }
        }
    }

    private static void published(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                ContractMail other = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            try (ChangeCursor own = mail.mail().changes();
                    ChangeCursor others = other.mail().changes()) {
                AppendResult appended = mail.append(box, SEEN);
                Change added = new Change.Added(box.id(), List.of(new Change.Entry(appended.uid(), SEEN)));
                equal(List.of(added), only(own).changes(), "told to the writer");
                equal(List.of(added), only(others).changes(), "told to another session");
                equal(List.of(), own.poll(), "told once");
            }
        }
    }

    private static void readable(MailBackendContract.Account account) throws IOException, InterruptedException {
        try (ContractMail writer = new ContractMail(account);
                ContractMail reader = new ContractMail(account);
                ChangeCursor cursor = reader.mail().changes();
                ExecutorService threads = threads()) {
            MailboxInfo box = writer.create("box");
            Future<Boolean> writing = threads.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    writer.append(box, Flags.NONE);
                }
                return true;
            });
            long heard = 0;
            while (heard < 30) {
                for (Commit commit : cursor.await(Duration.ofMinutes(1))) {
                    for (Change change : commit.changes()) {
                        if (change instanceof Change.Added added) {
                            heard = added.messages().getLast().uid();
                            claim(reader.uids(box).contains(heard), "message " + heard + " is there");
                            claim(reader.highest() >= commit.modSeq(), "the account is as far as the commit");
                        }
                    }
                }
            }
            claim(get(writing), "the writer is done");
        }
    }

    private static void order(MailBackendContract.Account account) throws IOException, InterruptedException {
        try (ContractMail one = new ContractMail(account);
                ContractMail two = new ContractMail(account);
                ExecutorService threads = threads()) {
            MailboxInfo box = one.create("box");
            try (ChangeCursor first = one.mail().changes();
                    ChangeCursor second = two.mail().changes()) {
                List<Future<Boolean>> writing = new ArrayList<>();
                for (ContractMail mail : List.of(one, two)) {
                    writing.add(threads.submit(() -> {
                        for (int i = 0; i < 20; i++) {
                            mail.append(box, Flags.NONE);
                        }
                        return true;
                    }));
                }
                for (Future<Boolean> each : writing) {
                    claim(get(each), "the writers are done");
                }
                List<Commit> heard = first.poll();
                equal(heard, second.poll(), "both heard the same");
                long modSeq = 0;
                long uid = 0;
                for (Commit commit : heard) {
                    claim(commit.modSeq() > modSeq, "mod-sequences grow: " + heard);
                    modSeq = commit.modSeq();
                    long added = only(commit, Change.Added.class)
                            .messages()
                            .getFirst()
                            .uid();
                    claim(added > uid, "UIDs grow: " + heard);
                    uid = added;
                }
                equal(40, heard.size(), "commits");
            }
        }
    }

    private static void origin(MailBackendContract.Account account) throws IOException {
        try (ContractMail one = new ContractMail(account);
                ContractMail two = new ContractMail(account);
                ChangeCursor first = one.mail().changes();
                ChangeCursor second = two.mail().changes()) {
            claim(first.origin() != 0 && second.origin() != 0, "origins aren't 0");
            claim(first.origin() != second.origin(), "origins differ");
            one.create("box");
            equal(first.origin(), only(second).origin(), "the writer's origin");
            equal(first.origin(), only(first).origin(), "one's own origin");
        }
    }

    private static void nothing(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, SEEN);
            long before = mail.highest();
            try (ChangeCursor cursor = mail.mail().changes()) {
                mail.store(box, UidSet.of(1), FlagEdit.Mode.ADD, SEEN, -1);
                mail.expunge(box, UidSet.EVERY);
                mail.mail().write(view -> view.subscribe(MailboxName.of("box")));
                equal(List.of(), cursor.poll(), "commits");
            }
            equal(before, mail.highest(), "the highest mod-sequence");
        }
    }

    private static void opened(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, Flags.NONE);
            try (ChangeCursor cursor = mail.mail().changes()) {
                equal(List.of(), cursor.poll(), "commits before");
                mail.append(box, Flags.NONE);
                equal(
                        2L,
                        only(only(cursor), Change.Added.class)
                                .messages()
                                .getFirst()
                                .uid(),
                        "the one after");
            }
        }
    }

    private static void waiting(MailBackendContract.Account account) throws IOException, InterruptedException {
        try (ContractMail mail = new ContractMail(account);
                ChangeCursor cursor = mail.mail().changes();
                ExecutorService threads = threads()) {
            Future<List<Commit>> woken = threads.submit(() -> cursor.await(Duration.ofHours(1)));
            cursor.wake();
            equal(List.of(), get(woken), "commits when woken");
            Future<List<Commit>> heard = threads.submit(() -> {
                List<Commit> commits = cursor.await(Duration.ofHours(1));
                // A wake that came early may end one wait with nothing.
                return commits.isEmpty() ? cursor.await(Duration.ofHours(1)) : commits;
            });
            mail.create("box");
            equal(1, get(heard).size(), "commits");
            equal(List.of(), cursor.await(Duration.ZERO), "no wait, nothing there");
        }
    }

    private static void acknowledged(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                ContractMail slow = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            MailboxInfo other = mail.create("other");
            String text = ContractMail.text("wanted");
            AppendResult expunged = mail.append(box, DELETED, text);
            AppendResult moved = mail.append(box, SEEN, text);
            try (ChangeCursor cursor = slow.mail().changes()) {
                mail.expunge(box, UidSet.EVERY);
                mail.move(box, UidSet.of(moved.uid()), other);
                equal(UidSet.EMPTY, slow.uids(box), "messages");
                equal(List.of(expunged.uid(), moved.uid()), slow.removed(box), "removed messages");
                equal(text, slow.octets(expunged.messageId()), "the expunged message");
                equal(text, slow.octets(moved.messageId()), "the moved message");
                List<Commit> commits = cursor.poll();
                cursor.acknowledge(commits.getFirst().modSeq());
                equal(List.of(moved.uid()), slow.removed(box), "not acknowledged");
                equal(text, slow.octets(moved.messageId()), "the moved message");
                cursor.acknowledge(commits.getLast().modSeq());
                equal(List.of(), slow.removed(box), "all acknowledged");
            }
            equal(text, mail.octets(mail.rows(other).getFirst().messageId()), "the message where it is now");
        }
    }
}
