package org.moxmail.bench.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.moxmail.bench.load.Letters;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.store.Account;
import org.moxmail.store.kv.KvEngine;

/** Makes the accounts of a {@link GrowthServer} and fills their Inboxes, many messages to a commit. */
public final class GrowthFilling {
    private static final int MESSAGE_BYTES = 1000;
    private static final int BATCH = 250;
    private static final int FILLERS = 2;
    /** So much of the heap caches tables: filling goes all over them. */
    private static final int CACHE_SHARE = 3;

    private final Letters letters = new Letters(MESSAGE_BYTES);

    private GrowthFilling() {}

    /** @param arguments directory, then numbers of messages */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int[] sizes = GrowthServer.sizes(arguments, 1);
        Environment environment = Environment.standard();
        for (int size : sizes) {
            MoxServer.prepare(GrowthServer.settings(directory, 0, sizes, size), environment);
        }
        long cache = Runtime.getRuntime().maxMemory() / CACHE_SHARE;
        Environment caching = new Environment(
                environment.timing(),
                environment.threads(),
                environment.random(),
                environment.files(),
                KvEngine.xodus(cache, environment.timing()));
        try (OfflineData data = OfflineData.open(directory, caching)) {
            for (int size : sizes) {
                long begin = System.nanoTime();
                try (Account account = data.store().account(GrowthServer.account(size))) {
                    new GrowthFilling().fill(account, size);
                }
                System.err.printf("%,d messages in %.0f s%n", size, (System.nanoTime() - begin) / 1e9);
            }
        }
    }

    private void fill(Account account, int messages) throws IOException, InterruptedException {
        long inbox = account.read(
                view -> view.mailbox(MailboxName.INBOX).orElseThrow().id());
        var next = new AtomicLong(
                account.read(view -> view.mailbox(inbox).orElseThrow().messages()));
        var failure = new AtomicReference<@Nullable Exception>();
        List<Thread> fillers = new ArrayList<>();
        for (int i = 0; i < FILLERS; i++) {
            fillers.add(Thread.ofPlatform().start(() -> {
                try {
                    for (long from = next.getAndAdd(BATCH); from < messages; from = next.getAndAdd(BATCH)) {
                        append(account, inbox, from, Math.min(messages, from + BATCH));
                    }
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread filler : fillers) {
            filler.join();
        }
        Exception cause = failure.get();
        if (cause != null) {
            throw new IOException("filling " + account.name() + ": " + cause.getMessage(), cause);
        }
    }

    private void append(Account account, long mailboxId, long from, long to) throws IOException {
        List<Spool> spools = new ArrayList<>();
        try {
            for (long number = from; number < to; number++) {
                Spool spool = account.spool();
                spools.add(spool);
                try (OutputStream out = spool.out()) {
                    out.write(letters.letter(number));
                }
            }
            account.write(view -> {
                for (int i = 0; i < spools.size(); i++) {
                    // As in a real mailbox: most are read, some flagged.
                    int bits = (i % 10 == 0 ? 0 : Flags.SEEN) | (i % 100 == 5 ? Flags.FLAGGED : 0);
                    if (view.append(mailboxId, spools.get(i), Flags.of(bits), Instant.EPOCH)
                            instanceof Outcome.Refused<?> refused) {
                        throw new IOException("refused: " + refused.refusal());
                    }
                }
                return true;
            });
        } finally {
            for (Spool spool : spools) {
                spool.close();
            }
        }
    }
}
