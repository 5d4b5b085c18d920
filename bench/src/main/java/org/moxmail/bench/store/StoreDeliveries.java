package org.moxmail.bench.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.Account;
import org.moxmail.store.DeliveryRequest;
import org.moxmail.store.Store;
import org.moxmail.store.StoreEvents;
import org.moxmail.store.StoreLimits;
import org.moxmail.store.StoreOptions;

/**
 * Measures the store itself: durable deliveries, and reading a large mailbox. Arguments: a directory on the disk to
 * measure, seconds per measurement, messages in the large mailbox, octets up to which messages are rows.
 */
public final class StoreDeliveries {
    private final Store store;
    private final long nanos;
    private final AtomicLong commits;
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StoreDeliveries(Store store, double seconds, AtomicLong commits) {
        this.store = store;
        nanos = (long) (seconds * 1e9);
        this.commits = commits;
    }

    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "."), "store");
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 2;
        int large = args.length > 2 ? Integer.parseInt(args[2]) : 200_000;
        AtomicLong commits = new AtomicLong();
        StoreOptions options = StoreOptions.standard().withLimits(limits(args)).withEvents(new StoreEvents() {
            @Override
            public void committed(String account, int writes) {
                commits.incrementAndGet();
            }
        });
        try (Store store = Store.open(root, options)) {
            StoreDeliveries deliveries = new StoreDeliveries(store, seconds, commits);
            for (int round = 0; round < 3; round++) {
                for (int size : new int[] {4 << 10, 100_000}) {
                    deliveries.rate(size, 1, 1, round);
                    deliveries.rate(size, 16, 1, round);
                    deliveries.rate(size, 16, 100, round);
                }
            }
            deliveries.large(large);
        } finally {
            try (var all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static StoreLimits limits(String... args) {
        StoreLimits limits = StoreLimits.DEFAULT;
        return args.length < 4 ? limits : limits.withRowBytes(Integer.parseInt(args[3]));
    }

    static byte[] message(int size) {
        StringBuilder text = new StringBuilder("From: Somebody <somebody@example.org>\r\nTo: ada@example.net\r\n"
                + "Subject: A message of some size\r\nDate: Tue, 3 Feb 2026 04:05:06 +0000\r\n"
                + "Message-ID: <1234567890@example.org>\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n");
        while (text.length() < size) {
            text.append("The quick brown fox jumps over the lazy dog, again and again and again.\r\n");
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void run(int writers, Body body) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    body.run();
                } catch (IOException | RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.get(0));
        }
    }

    private static void deliver(Account account, byte[] octets, String mailbox) throws IOException {
        try (Spool spool = account.spool()) {
            try (OutputStream out = spool.out()) {
                out.write(octets);
            }
            account.deliver(
                    spool,
                    new DeliveryRequest(
                            MailboxName.of(mailbox),
                            "Received: from a by b; Tue, 3 Feb 2026 04:05:06 +0000\r\n",
                            Flags.NONE,
                            Instant.EPOCH,
                            "trace",
                            "",
                            null));
        }
    }

    /** Writers that deliver to accounts in turn. */
    private void rate(int size, int writers, int accounts, int round) throws Exception {
        byte[] octets = message(size);
        List<Account> open = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            open.add(store.account("a" + size + "-" + writers + "-" + accounts + "-" + round + "-" + i));
        }
        AtomicLong next = new AtomicLong();
        AtomicLong count = new AtomicLong();
        long committed = commits.get();
        long cpu = machine.getProcessCpuTime();
        long start = System.nanoTime();
        run(writers, () -> {
            while (System.nanoTime() - start < nanos) {
                deliver(open.get((int) (next.getAndIncrement() % accounts)), octets, "Inbox");
                count.incrementAndGet();
            }
        });
        double passed = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%6d octets, %2d writers, %3d accounts: %6.0f per second, %.3f ms CPU each, %.1f per commit%n",
                size,
                writers,
                accounts,
                count.get() / passed,
                (machine.getProcessCpuTime() - cpu) / 1e6 / count.get(),
                (double) count.get() / (commits.get() - committed));
        open.forEach(Account::close);
    }

    private interface Timed {
        Object run() throws IOException;
    }

    private static void time(String what, Timed timed) throws IOException {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            Object result = timed.run();
            System.out.printf("%s: %.1f ms (%s)%n", what, (System.nanoTime() - start) / 1e6, result);
        }
    }

    private void large(int messages) throws Exception {
        try (Account account = store.account("large")) {
            deliver(account, message(200), "Inbox");
            long inbox = account.read(
                    view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
            // Doubling by copies, 20,000 at a time.
            for (long size = 1; size < messages; ) {
                long more = Math.min(Math.min(size, messages - size), 20_000);
                account.write(view -> view.copy(inbox, UidSet.range(1, more), inbox));
                size += more;
            }
            time("delivery to " + messages, () -> {
                deliver(account, message(200), "Inbox");
                return 1;
            });
            time(
                    "UIDs of " + messages,
                    () -> account.read(view -> view.uids(inbox)).size());
            time(
                    "status",
                    () -> account.read(view -> view.mailbox(inbox))
                            .orElseThrow()
                            .messages());
            time("first unseen", () -> account.read(view -> view.firstUnseen(inbox)));
            time(
                    "flags of 10,000",
                    () -> account.read(view -> {
                        long[] bits = new long[1];
                        view.messages(inbox, UidSet.range(5_000, 14_999), 0, row -> {
                            bits[0] += row.flags().bits() + 1;
                            return true;
                        });
                        return bits[0];
                    }));
            for (int i = 0; i < 4; i++) {
                flag(account, inbox, FlagEdit.Mode.ADD);
                flag(account, inbox, FlagEdit.Mode.REMOVE);
            }
        }
        long start = System.nanoTime();
        try (Account account = store.account("large")) {
            System.out.printf("open again: %.1f ms%n", (System.nanoTime() - start) / 1e6);
            account.changes().close();
        }
    }

    private static void flag(Account account, long inbox, FlagEdit.Mode mode) throws IOException {
        long start = System.nanoTime();
        account.write(
                view -> view.store(inbox, UidSet.range(5_000, 14_999), new FlagEdit(mode, Flags.of(Flags.SEEN)), -1));
        System.out.printf("\\Seen %s to 10,000: %.1f ms%n", mode, (System.nanoTime() - start) / 1e6);
    }
}
