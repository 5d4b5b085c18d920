package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvStore;

/** The verifier takes many short snapshots, and what is written between them makes nothing look wrong. */
final class SlicedVerifyTest {
    private static final int MESSAGES = 20_000;

    /** One message becomes many; each copy is a message of its own. */
    private static void copies(Fixture fixture, int messages) throws IOException {
        fixture.append("Inbox", message("one"), "\\Seen");
        long inbox = fixture.id("Inbox");
        for (int have = 1; have < messages; have *= 2) {
            UidSet some = UidSet.range(1, Math.min(have, messages - have));
            done(fixture.account.write(view -> view.copy(inbox, some, inbox)));
        }
    }

    @Test
    void noSnapshotIsLongHoweverSlowTheDisk() throws IOException {
        Fixture fixture = new Fixture(Fixture.limits(0, MESSAGES));
        copies(fixture, MESSAGES);
        List<String> steps = new ArrayList<>();
        // From here on all rows together take far longer than one snapshot may.
        fixture.clock.slow(KvStore.MAX_TIME.dividedBy(250));
        long inbox = fixture.id("Inbox");
        assertThrows(
                StoreException.class,
                () -> fixture.account.read(view -> {
                    view.messages(inbox, UidSet.EVERY, 0, row -> row.details().threadId() == 1);
                    return true;
                }));
        assertEquals(List.of(), fixture.account.verify((step, rows) -> steps.add(step)));
        assertTrue(steps.stream().filter("messages of Inbox"::equals).count() > 5, steps::toString);
        fixture.clock.slow(Duration.ZERO);
        fixture.close();
    }

    @Test
    void whatIsWrittenMeanwhileIsNoFinding() throws Exception {
        Fixture fixture = new Fixture(Fixture.limits(0, MESSAGES));
        copies(fixture, 9_000);
        fixture.create("Other");
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(i);
                running.add(writers.submit(() -> {
                    while (!over.get()) {
                        change(fixture, random);
                    }
                    return true;
                }));
            }
            for (int i = 0; i < 12; i++) {
                List<Finding> findings = fixture.account.verify();
                over.set(!findings.isEmpty());
                assertEquals(List.of(), findings, "verification " + i);
            }
            over.set(true);
            for (Future<?> each : running) {
                each.get();
            }
        }
        fixture.close();
    }

    /** Something that touches many rows, few or one. */
    private static void change(Fixture fixture, Random random) throws IOException {
        Account account = fixture.account;
        long inbox = fixture.id("Inbox");
        long other = fixture.id("Other");
        long from = 1L + random.nextInt(9_000);
        UidSet some = UidSet.range(from, from + random.nextInt(random.nextInt(5) == 0 ? 5_000 : 5));
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                try (Spool spool = Fixture.fill(account.spool(), random.nextBoolean() ? message("m") : large("l"))) {
                    done(account.deliver(
                            spool,
                            new DeliveryRequest(
                                    MailboxName.of("box" + random.nextInt(5)),
                                    "",
                                    flags("\\Seen"),
                                    DATE,
                                    "trace",
                                    "",
                                    "key" + random.nextInt())));
                }
            }
            case 2, 3 ->
                account.write(view -> view.store(
                        inbox,
                        some,
                        new FlagEdit(
                                random.nextBoolean() ? FlagEdit.Mode.ADD : FlagEdit.Mode.REMOVE,
                                flags("\\Seen", "\\Deleted", "k" + random.nextInt(3))),
                        -1));
            case 4 -> account.write(view -> view.expunge(inbox, some));
            case 5 -> account.write(view -> view.move(inbox, some, other));
            case 6 -> account.write(view -> view.copy(other, UidSet.range(1, 5), inbox));
            default -> {
                MailboxName name = MailboxName.of("box" + random.nextInt(5));
                if (random.nextBoolean()) {
                    account.write(view -> view.create(name, Set.of()));
                } else {
                    account.write(view -> view.delete(name));
                }
            }
        }
    }
}
