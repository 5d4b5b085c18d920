package org.moxmail.imap.testing;

import static org.moxmail.imap.testing.ContractMail.SEEN;
import static org.moxmail.imap.testing.ContractMail.done;
import static org.moxmail.imap.testing.ContractMail.only;
import static org.moxmail.imap.testing.ContractMail.refused;
import static org.moxmail.imap.testing.MailBackendContract.claim;
import static org.moxmail.imap.testing.MailBackendContract.equal;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;

/** What can be done with mailboxes. */
final class ContractOfMailboxes {
    private ContractOfMailboxes() {}

    static void addTo(List<MailBackendContract.Rule> rules) {
        add(rules, "making a mailbox makes and subscribes to its parents too", ContractOfMailboxes::create);
        add(rules, "a special use belongs to one mailbox", ContractOfMailboxes::uses);
        add(rules, "mailboxes come sorted by name, Inbox in any spelling", ContractOfMailboxes::sorted);
        add(rules, "deleting leaves the subscription", ContractOfMailboxes::delete);
        add(rules, "what can't be deleted", ContractOfMailboxes::deleteRefused);
        add(rules, "renaming takes along what is below", ContractOfMailboxes::rename);
        add(rules, "renaming to below itself", ContractOfMailboxes::renameBelow);
        add(rules, "what can't be renamed", ContractOfMailboxes::renameRefused);
        add(rules, "a name doesn't come back with an old UIDVALIDITY", ContractOfMailboxes::uidValidity);
        add(rules, "renaming Inbox moves its messages", ContractOfMailboxes::renameInbox);
        add(rules, "subscriptions don't need a mailbox", ContractOfMailboxes::subscriptions);
    }

    private static void add(List<MailBackendContract.Rule> rules, String name, MailBackendContract.Check check) {
        rules.add(new MailBackendContract.Rule(name, check));
    }

    private static MailboxName name(String text) {
        return MailboxName.of(text);
    }

    private static void create(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                ChangeCursor cursor = mail.mail().changes()) {
            List<MailboxInfo> made = done(mail.mail().write(view -> view.create(name("a/b/c"), Set.of())));
            equal(
                    List.of(name("a"), name("a/b"), name("a/b/c")),
                    made.stream().map(MailboxInfo::name).toList(),
                    "made");
            equal(3L, made.stream().map(MailboxInfo::uidValidity).distinct().count(), "UIDVALIDITYs");
            Commit commit = only(cursor);
            equal(
                    made,
                    commit.changes().stream()
                            .filter(Change.MailboxCreated.class::isInstance)
                            .map(change -> ((Change.MailboxCreated) change).mailbox())
                            .toList(),
                    "told");
            equal(commit.modSeq(), made.getLast().highestModSeq(), "the mailbox's mod-sequence");
            claim(
                    mail.mail()
                            .read(view ->
                                    view.subscriptions().containsAll(List.of(name("a"), name("a/b"), name("a/b/c")))),
                    "subscribed");
            refused(Refusal.ALREADY_EXISTS, mail.mail().write(view -> view.create(name("a/b"), Set.of())), "again");
            refused(
                    Refusal.ALREADY_EXISTS,
                    mail.mail().write(view -> view.create(MailboxName.INBOX, Set.of())),
                    "Inbox");
        }
    }

    private static void uses(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            mail.create("one", SpecialUse.ARCHIVE);
            mail.create("two", SpecialUse.ARCHIVE, SpecialUse.SENT);
            equal(Set.of(), mail.info("one").uses(), "the first one's");
            equal(Set.of(SpecialUse.ARCHIVE, SpecialUse.SENT), mail.info("two").uses(), "the second one's");
        }
    }

    private static void sorted(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            mail.create("zebra");
            mail.create("b/c");
            mail.create("inbox/below");
            List<MailboxName> names = mail.mail().read(view -> view.mailboxes()).stream()
                    .map(MailboxInfo::name)
                    .toList();
            equal(names.stream().sorted().toList(), names, "names");
            claim(
                    names.containsAll(
                            List.of(MailboxName.INBOX, name("Inbox/below"), name("b"), name("b/c"), name("zebra"))),
                    "all of them: " + names);
            claim(mail.exists("INBOX"), "Inbox");
        }
    }

    private static void delete(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("box");
            mail.append(box, SEEN);
            try (ChangeCursor cursor = mail.mail().changes()) {
                done(mail.mail().write(view -> view.delete(name("box"))));
                equal(
                        new Change.MailboxDeleted(box.id(), name("box")),
                        only(only(cursor), Change.MailboxDeleted.class),
                        "told");
            }
            claim(!mail.exists("box"), "it is gone");
            claim(mail.mail().read(view -> view.mailbox(box.id())).isEmpty(), "its id is gone");
            equal(UidSet.EMPTY, mail.uids(box), "its messages are gone");
            claim(mail.mail().read(view -> view.subscriptions().contains(name("box"))), "still subscribed");
            MailboxInfo again = mail.create("box");
            claim(again.id() != box.id(), "another id");
            claim(again.uidValidity() > box.uidValidity(), "a higher UIDVALIDITY");
            equal(0L, again.messages(), "messages");
        }
    }

    private static void deleteRefused(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            mail.create("a/b");
            refused(Refusal.NONEXISTENT, mail.mail().write(view -> view.delete(name("none"))), "none");
            refused(Refusal.HAS_CHILDREN, mail.mail().write(view -> view.delete(name("a"))), "a parent");
            refused(Refusal.CANNOT, mail.mail().write(view -> view.delete(MailboxName.INBOX)), "Inbox");
        }
    }

    private static void rename(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo a = mail.create("a");
            MailboxInfo ab = mail.create("a/b");
            mail.append(ab, SEEN);
            mail.create("ab");
            try (ChangeCursor cursor = mail.mail().changes()) {
                done(mail.mail().write(view -> view.rename(name("a"), name("x/y"))));
                Commit commit = only(cursor);
                Set<Change> renamed = Set.of(
                        new Change.MailboxRenamed(a.id(), name("a"), name("x/y")),
                        new Change.MailboxRenamed(ab.id(), name("a/b"), name("x/y/b")));
                claim(commit.changes().containsAll(renamed), "told: " + commit);
                equal(commit.modSeq(), mail.info("x/y/b").highestModSeq(), "the mailbox's mod-sequence");
            }
            claim(mail.exists("x"), "the parent was made");
            claim(mail.exists("ab"), "a name that only starts alike stays");
            claim(!mail.exists("a") && !mail.exists("a/b"), "the old names are gone");
            equal(ab.id(), mail.info("x/y/b").id(), "the id stays");
            equal(ab.uidValidity(), mail.info("x/y/b").uidValidity(), "UIDVALIDITY stays");
            equal(UidSet.of(1), mail.uids(ab), "messages stay");
            Set<MailboxName> subscribed = mail.mail().read(view -> view.subscriptions());
            claim(subscribed.contains(name("a")), "the old name stays subscribed");
            claim(!subscribed.contains(name("x/y")), "the new one isn't");
        }
    }

    private static void renameBelow(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo box = mail.create("a/b");
            MailboxInfo child = mail.create("a/b/x");
            done(mail.mail().write(view -> view.rename(name("a/b"), name("a/b/c/d"))));
            equal(box.id(), mail.info("a/b/c/d").id(), "the mailbox");
            equal(child.id(), mail.info("a/b/c/d/x").id(), "the one below");
            claim(mail.info("a/b").id() != box.id(), "a new one has the old name");
            claim(mail.exists("a/b/c"), "the parents were made");
            claim(!mail.exists("a/b/x"), "the old name is gone");
        }
    }

    private static void renameRefused(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            mail.create("a");
            mail.create("b");
            refused(Refusal.NONEXISTENT, mail.mail().write(view -> view.rename(name("no"), name("c"))), "none");
            refused(Refusal.ALREADY_EXISTS, mail.mail().write(view -> view.rename(name("a"), name("b"))), "there");
            refused(Refusal.ALREADY_EXISTS, mail.mail().write(view -> view.rename(name("a"), name("a"))), "itself");
        }
    }

    private static void uidValidity(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo first = mail.create("name");
            MailboxInfo other = mail.create("other");
            done(mail.mail().write(view -> view.rename(name("name"), name("away"))));
            done(mail.mail().write(view -> view.rename(name("other"), name("name"))));
            long now = mail.info("name").uidValidity();
            claim(now > first.uidValidity(), "higher than the one that the name had");
            claim(now > other.uidValidity(), "and than any that it may have had");
        }
    }

    private static void renameInbox(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account)) {
            MailboxInfo inbox = mail.info("Inbox");
            mail.create("Inbox/below");
            mail.append(inbox, SEEN, ContractMail.text("one"));
            mail.append(inbox, Flags.NONE, ContractMail.text("two"));
            done(mail.mail().write(view -> view.rename(MailboxName.INBOX, name("old/inbox"))));
            MailboxInfo target = mail.info("old/inbox");
            equal(inbox.id(), mail.info("Inbox").id(), "Inbox stays");
            equal(UidSet.EMPTY, mail.uids(inbox), "Inbox is empty");
            equal(UidSet.of(1, 2), mail.uids(target), "the messages are there");
            equal(SEEN, mail.row(target, 1).flags(), "with their flags");
            claim(mail.exists("Inbox/below"), "what is below stays");
            claim(!mail.exists("old/inbox/below"), "and isn't copied");
        }
    }

    private static void subscriptions(MailBackendContract.Account account) throws IOException {
        try (ContractMail mail = new ContractMail(account);
                ChangeCursor cursor = mail.mail().changes()) {
            claim(mail.mail().write(view -> view.subscribe(name("none"))), "subscribed");
            equal(List.of(new Change.Subscribed(name("none"))), only(cursor).changes(), "told");
            claim(!mail.mail().write(view -> view.subscribe(name("none"))), "already");
            claim(mail.mail().read(view -> view.subscriptions().contains(name("none"))), "it is subscribed");
            claim(!mail.exists("none"), "it doesn't exist");
            claim(mail.mail().write(view -> view.unsubscribe(name("none"))), "unsubscribed");
            equal(List.of(new Change.Unsubscribed(name("none"))), only(cursor).changes(), "told");
            claim(!mail.mail().write(view -> view.unsubscribe(name("none"))), "wasn't subscribed");
        }
    }
}
