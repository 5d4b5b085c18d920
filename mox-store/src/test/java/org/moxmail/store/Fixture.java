package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/** A store in memory with one account, and short words for what tests do with it. */
final class Fixture implements AutoCloseable {
    static final Path DIRECTORY = Path.of("/data");
    static final Instant DATE = Instant.parse("2026-02-03T04:05:06Z");
    /** So small that tests get files with little. */
    static final int ROW_BYTES = 500;

    final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    /** What the store sees of it. */
    final JumpingTiming clock = new JumpingTiming(timing);

    final FaultyFiles files = new FaultyFiles();
    final StoreOptions options;
    Store store;
    Account account;

    Fixture() throws IOException {
        this(limits());
    }

    Fixture(StoreLimits limits) throws IOException {
        options = StoreOptions.standard()
                .withLimits(limits)
                .withTiming(clock)
                .withFiles(files)
                .withEngine(KvEngine.memory(clock));
        open();
    }

    static StoreLimits limits() {
        return limits(0, 1000);
    }

    static StoreLimits limits(long quotaBytes, int messagesPerWrite) {
        StoreLimits standard = StoreLimits.DEFAULT;
        return new StoreLimits(
                100_000,
                ROW_BYTES,
                quotaBytes,
                messagesPerWrite,
                5,
                30,
                20,
                standard.groupedWrites(),
                standard.groupedBytes(),
                10,
                standard.deliveryKeyAge(),
                standard.idle(),
                standard.cacheBytes());
    }

    void open() throws IOException {
        store = Store.open(DIRECTORY, options);
        account = store.account("ada");
    }

    void reopen() throws IOException {
        account.close();
        store.close();
        open();
    }

    /** Checks that the account is sound. */
    void verify() throws IOException {
        assertEquals(List.of(), account.verify());
    }

    @Override
    public void close() throws IOException {
        verify();
        account.close();
        store.close();
        files.assertNothingOpen();
    }

    static String message(String subject) {
        return "From: <a@example.org>\r\nSubject: " + subject + "\r\n\r\nHello, " + subject + ".\r\n";
    }

    /** A message that is large enough to become a file. */
    static String large(String subject) {
        return message(subject) + "0123456789\r\n".repeat(ROW_BYTES / 10);
    }

    static Flags flags(String... words) {
        int bits = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : words) {
            int bit = Flags.bit(word);
            bits |= bit;
            if (bit == 0) {
                keywords.add(word);
            }
        }
        return Flags.of(bits, keywords);
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused.refusal());
        };
    }

    static Refusal refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("done: " + done.value());
            case Outcome.Refused<?> refused -> refused.refusal();
        };
    }

    Spool spool(String text) throws IOException {
        return fill(account.spool(), text);
    }

    static Spool fill(Spool spool, String text) throws IOException {
        try (OutputStream out = spool.out()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return spool;
    }

    long id(String mailbox) throws IOException {
        return info(mailbox).id();
    }

    MailboxInfo info(String mailbox) throws IOException {
        return account.read(view -> view.mailbox(MailboxName.of(mailbox)).orElseThrow());
    }

    AppendResult append(String mailbox, String text, String... flags) throws IOException {
        long id = id(mailbox);
        try (Spool spool = spool(text)) {
            return done(account.write(view -> view.append(id, spool, flags(flags), DATE)));
        }
    }

    StoreResult store(String mailbox, FlagEdit.Mode mode, UidSet uids, String... words) throws IOException {
        long id = id(mailbox);
        return done(account.write(view -> view.store(id, uids, new FlagEdit(mode, flags(words)), -1)));
    }

    UidSet expunge(String mailbox, UidSet uids) throws IOException {
        long id = id(mailbox);
        store(mailbox, FlagEdit.Mode.ADD, uids, "\\Deleted");
        return done(account.write(view -> view.expunge(id, uids)));
    }

    /** A mailbox's messages, as UIDs with flags. */
    String messages(String mailbox) throws IOException {
        return messages(mailbox, 0);
    }

    String messages(String mailbox, long changedSince) throws IOException {
        long id = id(mailbox);
        List<String> all = new ArrayList<>();
        account.read(view -> {
            view.messages(id, UidSet.EVERY, changedSince, row -> all.add((row.uid() + " " + row.flags()).trim()));
            return true;
        });
        return String.join(", ", all);
    }

    String mailboxes() throws IOException {
        return account.read(MailReader::mailboxes).stream()
                .map(info -> info.name().toString())
                .collect(Collectors.joining(" "));
    }

    Outcome<MailboxName> rename(String from, String to) throws IOException {
        return account.write(view -> view.rename(MailboxName.of(from), MailboxName.of(to)));
    }

    Outcome<MailboxName> delete(String name) throws IOException {
        return account.write(view -> view.delete(MailboxName.of(name)));
    }

    MailboxInfo create(String name) throws IOException {
        List<MailboxInfo> made = done(account.write(view -> view.create(MailboxName.of(name), Set.of())));
        return made.get(made.size() - 1);
    }

    String content(long messageId) throws IOException {
        return content(account, messageId);
    }

    static String content(Account account, long messageId) throws IOException {
        try (MessageContent content = account.content(messageId)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.writeTo(out, 0, content.size());
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /** Commits in few words. */
    static String text(List<Commit> commits) {
        return commits.stream().map(Fixture::text).collect(Collectors.joining("; "));
    }

    private static String text(Commit commit) {
        return commit.modSeq()
                + ": "
                + commit.changes().stream().map(Fixture::text).collect(Collectors.joining(", "));
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.Added added -> "added " + entries(added.messages());
            case Change.FlagsChanged changed -> "flags " + entries(changed.messages());
            case Change.Removed removed -> "removed " + removed.uids();
            case Change.MailboxCreated created -> "created " + created.mailbox().name();
            case Change.MailboxDeleted deleted -> "deleted " + deleted.name();
            case Change.MailboxRenamed renamed -> "renamed " + renamed.from() + " to " + renamed.to();
            case Change.SpecialUseChanged uses -> "uses of " + uses.name() + " " + uses.uses();
            case Change.KeywordsAdded keywords -> "keywords " + keywords.keywords();
            case Change.Subscribed subscribed -> "subscribed " + subscribed.name();
            case Change.Unsubscribed unsubscribed -> "unsubscribed " + unsubscribed.name();
            case Change.Overflow overflow -> "overflow";
        };
    }

    private static String entries(List<Change.Entry> entries) {
        return entries.stream()
                .map(entry -> (entry.uid() + " " + entry.flags()).trim())
                .collect(Collectors.joining(" "));
    }

    /** Runs work until it has nothing left to erase; erasing is in the background. */
    void awaitErased() throws IOException {
        // Pausing waits for the step that runs; when nothing is pending afterwards, erasing has come to its end.
        while (account.read(view -> pending(view))) {
            account.verify();
        }
    }

    private static boolean pending(MailReader view) {
        for (int table : new int[] {Tables.ERASE, Tables.PURGES, Tables.DOOMED, Tables.REMOVED}) {
            try (var cursor = view.tables().kv().ascend(table, new byte[0], null)) {
                if (cursor.next()) {
                    return true;
                }
            }
        }
        return false;
    }
}
