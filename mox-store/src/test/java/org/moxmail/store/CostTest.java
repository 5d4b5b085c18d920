package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.message;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** Budgets that don't depend on the machine: octets written, octets allocated, syncs. */
final class CostTest {
    @TempDir
    Path temporary;

    /** Octets that a delivery, a flag change and an expunge write into a mailbox of some size. */
    private static List<Long> costs(int messages) throws IOException {
        try (Fixture fixture = new Fixture(Fixture.limits(0, 100_000))) {
            long inbox = fixture.id("Inbox");
            fixture.append("Inbox", message("m"));
            for (int size = 1; size < messages; ) {
                int more = Math.min(size, messages - size);
                fixture.account.write(view -> view.copy(inbox, UidSet.range(1, more), inbox));
                size += more;
            }
            List<Long> costs = new ArrayList<>();
            try (Spool spool = fixture.spool(message("m"))) {
                costs.add(fixture.account.write(view -> {
                    done(view.append(inbox, spool, flags(), DATE));
                    return written(view);
                }));
            }
            UidSet middle = UidSet.of(messages / 2);
            costs.add(fixture.account.write(view -> {
                done(view.store(inbox, middle, new FlagEdit(FlagEdit.Mode.ADD, flags("\\Seen", "\\Deleted")), -1));
                return written(view);
            }));
            costs.add(fixture.account.write(view -> {
                assertEquals(middle, done(view.expunge(inbox, UidSet.EVERY)));
                return written(view);
            }));
            return costs;
        }
    }

    private static long written(MailWriter view) {
        view.account().flush();
        return view.account().tx().writeKv().written();
    }

    @Test
    void deliveryFlagChangeAndExpungeCostTheSameInALargeMailbox() throws IOException {
        List<Long> small = costs(100);
        List<Long> large = costs(20_000);
        for (int i = 0; i < small.size(); i++) {
            // The bitmap rows of 4,096 UIDs are a few octets of runs here; numbers get an octet longer.
            assertTrue(large.get(i) <= small.get(i) + 100, () -> small + " " + large);
            assertTrue(large.get(i) < 2_000, () -> small + " " + large);
        }
    }

    @Test
    void aRowOfFlagsAllocatesLittle() throws IOException {
        int messages = 10_000;
        try (Store store = Store.open(temporary, StoreOptions.standard());
                Account account = store.account("ada")) {
            long inbox = account.read(
                    view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
            try (Spool spool = Fixture.fill(account.spool(), message("m"))) {
                account.write(view -> view.append(inbox, spool, flags("\\Seen", "k"), DATE));
            }
            for (int size = 1; size < messages; ) {
                int more = Math.min(size, messages - size);
                account.write(view -> view.copy(inbox, UidSet.range(1, more), inbox));
                size += more;
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                long seen = account.read(view -> {
                    long[] count = new long[1];
                    view.messages(inbox, UidSet.EVERY, 0, row -> {
                        count[0] += row.flags().keywords().size();
                        return true;
                    });
                    return count[0];
                });
                assertEquals(messages, seen);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            long perRow = least / messages;
            // Most of it is the engine's: key, value, and what it reads them with.
            assertTrue(perRow < 400, () -> perRow + " octets allocated per row");
        }
    }

    @Test
    void aSmallDeliverySyncsNoFileAndALargeOneItsFileAndDirectory() throws IOException {
        try (Fixture fixture = new Fixture()) {
            fixture.append("Inbox", Fixture.large("first"));
            long before = fixture.files.syncs();
            fixture.append("Inbox", message("small"));
            assertEquals(before, fixture.files.syncs());
            fixture.append("Inbox", Fixture.large("large"));
            assertEquals(before + 2, fixture.files.syncs());
        }
    }
}
