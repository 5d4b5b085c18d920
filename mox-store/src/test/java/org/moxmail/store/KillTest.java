package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/**
 * Kills a process in which 32 writers deliver, flag and expunge in four accounts, again and again, at random
 * moments. This process keeps the log of what was begun and what was acknowledged. Afterwards what was acknowledged is
 * there, what was begun and is delivered again with its key is there once, and the verifier finds nothing. {@code
 * -Dmox.killRounds=200} kills more often.
 */
final class KillTest {
    private static final int ROUNDS = Integer.getInteger("mox.killRounds", 10);
    private static final int WRITERS = 32;
    /** Of the acknowledged deliveries one in so many is repeated too. */
    private static final int REPEATED = 8;

    private static final List<String> ACCOUNTS = List.of("one", "two", "three", "four");

    @TempDir
    Path temporary;

    /** A delivery: of a round's text to an account. */
    private record Try(String account, String text) {}

    /** Deliveries of this round that were begun, with the message's id once it was acknowledged. */
    private final Map<Try, Long> tried = new HashMap<>();
    /** Deliveries of this round whose message's expunge was begun and, if true, acknowledged. */
    private final Map<Try, Boolean> expunged = new HashMap<>();
    /** Ids of messages that stay, and their texts, by account, of all rounds. */
    private final Map<String, Map<Long, String>> kept = new HashMap<>();

    private long acknowledged;
    private long again;

    @Test
    void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
        Path data = temporary.resolve("data");
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            tried.clear();
            expunged.clear();
            Process child = ChildProcess.start(Writer.class, data.toString(), String.valueOf(round));
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                int until = 20 + random.nextInt(300);
                for (int i = 0; i < until; i++) {
                    note(lines.readLine());
                }
                // Not the process's own method, which closes its streams.
                child.toHandle().destroyForcibly();
                // What it had said before it died counts too; the last line may be cut off.
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.endsWith(".")) {
                        note(line);
                    }
                }
            }
            assertNotEquals(0, child.waitFor());
            check(data, round);
            tell(round + 1);
        }
    }

    private void tell(int rounds) {
        System.getLogger(KillTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        rounds + " rounds, " + acknowledged + " deliveries acknowledged, " + again
                                + " delivered again with their keys, none lost, none twice");
    }

    private void note(String line) {
        assertTrue(line != null && line.endsWith("."), () -> "the child ended: " + line);
        String[] words = line.substring(0, line.length() - 1).split(" ");
        Try delivery = new Try(words[1], words[2]);
        switch (words[0]) {
            case "delivering" -> tried.put(delivery, 0L);
            case "delivered" -> {
                tried.put(delivery, Long.valueOf(words[3]));
                acknowledged++;
            }
            case "expunging" -> expunged.put(delivery, false);
            case "expunged" -> expunged.put(delivery, true);
            default -> throw new AssertionError(line);
        }
    }

    private void check(Path data, int round) throws IOException {
        try (Store store = Store.open(data, Writer.options())) {
            for (String name : ACCOUNTS) {
                try (Account account = store.account(name)) {
                    assertEquals(List.of(), account.verify(), "round " + round);
                    for (Map.Entry<Try, Long> entry : tried.entrySet()) {
                        if (entry.getKey().account.equals(name)) {
                            check(account, entry.getKey(), entry.getValue(), round);
                        }
                    }
                    once(account, round);
                }
            }
        }
    }

    private void check(Account account, Try delivery, long id, int round) throws IOException {
        String what = "round " + round + " " + delivery;
        long messageId = id;
        if (id == 0 || id % REPEATED == 0) {
            Delivered result = Writer.deliver(account, delivery.text, "Inbox");
            messageId = result.message().messageId();
            again++;
            if (id != 0) {
                assertTrue(result.repeated(), what);
                assertEquals(id, messageId, what);
            }
        }
        there(account, delivery, messageId, what);
    }

    private void there(Account account, Try delivery, long messageId, String what) throws IOException {
        Boolean gone = expunged.get(delivery);
        boolean there = account.read(view -> view.message(messageId)).isPresent();
        if (gone == null || gone) {
            assertEquals(gone == null, there, what);
        }
        if (there) {
            assertEquals(Writer.text(delivery.text), Fixture.content(account, messageId), what);
            kept.computeIfAbsent(account.name(), name -> new HashMap<>()).put(messageId, delivery.text);
        }
    }

    /** Every message that stays is there, and no other: a second one of a delivery would be. */
    private void once(Account account, int round) throws IOException {
        List<Long> ids = new ArrayList<>();
        account.read(view -> {
            for (var mailbox : view.mailboxes()) {
                view.messages(mailbox.id(), UidSet.EVERY, 0, row -> ids.add(row.messageId()));
            }
            return true;
        });
        ids.sort(null);
        List<Long> expected =
                new ArrayList<>(kept.getOrDefault(account.name(), Map.of()).keySet());
        expected.sort(null);
        assertEquals(expected, ids, "round " + round + " account " + account.name());
    }

    /** The child. */
    static final class Writer {
        private Writer() {}

        static StoreOptions options() {
            StoreLimits limits = Fixture.limits();
            return StoreOptions.standard()
                    .withLimits(new StoreLimits(
                            limits.messageBytes(),
                            limits.rowBytes(),
                            limits.quotaBytes(),
                            limits.messagesPerWrite(),
                            limits.keywordsPerMailbox(),
                            2 * WRITERS,
                            limits.queuedChanges(),
                            limits.groupedWrites(),
                            limits.groupedBytes(),
                            100_000,
                            limits.deliveryKeyAge(),
                            limits.idle(),
                            limits.cacheBytes()));
        }

        static String text(String name) {
            return name.hashCode() % 2 == 0 ? message(name) : large(name);
        }

        private static void say(String line) {
            synchronized (System.out) {
                System.out.println(line + ".");
                System.out.flush();
            }
        }

        public static void main(String[] args) throws Exception {
            Store store = Store.open(Path.of(args[0]), options());
            AtomicInteger numbers = new AtomicInteger();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            step(store, writer, "r" + args[1] + "-" + numbers.incrementAndGet());
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            Thread.currentThread().join();
        }

        static Delivered deliver(Account account, String name, String mailbox) throws IOException {
            try (Spool spool = fill(account.spool(), text(name))) {
                return deliver(account, spool, name, mailbox);
            }
        }

        private static Delivered deliver(Account account, Spool spool, String name, String mailbox) throws IOException {
            return done(account.deliver(
                    spool, new DeliveryRequest(MailboxName.of(mailbox), "", Flags.NONE, DATE, "", "", name)));
        }

        private static void step(Store store, int writer, String name) throws IOException {
            try (Spool spool = fill(store.spool(), text(name))) {
                for (int i = 0; i < 2; i++) {
                    String accountName = ACCOUNTS.get((writer + i) % ACCOUNTS.size());
                    try (Account account = store.account(accountName)) {
                        String delivery = accountName + " " + name;
                        say("delivering " + delivery);
                        Delivered result = deliver(account, spool, name, "w" + writer);
                        say("delivered " + delivery + " " + result.message().messageId());
                        if (name.hashCode() % 3 == 0) {
                            say("expunging " + delivery);
                            expunge(account, result);
                            say("expunged " + delivery);
                        }
                    }
                }
            }
        }

        private static void expunge(Account account, Delivered result) throws IOException {
            UidSet uid = UidSet.of(result.message().uid());
            FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted"));
            account.write(view -> view.store(result.mailboxId(), uid, edit, -1));
            account.write(view -> view.expunge(result.mailboxId(), uid));
        }
    }
}
