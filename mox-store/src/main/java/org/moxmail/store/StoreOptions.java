package org.moxmail.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.time.Timing;

/**
 * What a store works with.
 *
 * @param limits bounds
 * @param timing the clock
 * @param threads makes the threads that commit, erase and close idle accounts; nobody else may interrupt them
 * @param files access to files
 * @param engine makes the tables
 * @param events is told what happens
 * @param initialMailboxes that a new account has
 */
public record StoreOptions(
        StoreLimits limits,
        Timing timing,
        ThreadFactory threads,
        StoreFiles files,
        KvEngine engine,
        StoreEvents events,
        List<InitialMailbox> initialMailboxes) {
    public StoreOptions {
        initialMailboxes = List.copyOf(initialMailboxes);
    }

    /** A mailbox that a new account has, subscribed. */
    public record InitialMailbox(MailboxName name, Set<SpecialUse> uses) {
        public InitialMailbox {
            uses = Set.copyOf(uses);
        }
    }

    /** The real thing: files and tables on disk, virtual threads, default limits and mailboxes. */
    public static StoreOptions standard() {
        StoreLimits limits = StoreLimits.DEFAULT;
        Timing timing = Timing.system();
        return new StoreOptions(
                limits,
                timing,
                Thread.ofVirtual().name("store-", 0).factory(),
                StoreFiles.real(),
                KvEngine.xodus(limits.cacheBytes(), timing),
                StoreEvents.NONE,
                defaultMailboxes());
    }

    /** Inbox and one mailbox per special use, RFC 6154 §2. */
    public static List<InitialMailbox> defaultMailboxes() {
        return List.of(
                new InitialMailbox(MailboxName.INBOX, Set.of()),
                new InitialMailbox(MailboxName.of("Archive"), Set.of(SpecialUse.ARCHIVE)),
                new InitialMailbox(MailboxName.of("Drafts"), Set.of(SpecialUse.DRAFTS)),
                new InitialMailbox(MailboxName.of("Junk"), Set.of(SpecialUse.JUNK)),
                new InitialMailbox(MailboxName.of("Sent"), Set.of(SpecialUse.SENT)),
                new InitialMailbox(MailboxName.of("Trash"), Set.of(SpecialUse.TRASH)));
    }

    public StoreOptions withLimits(StoreLimits limits) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withTiming(Timing timing) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withThreads(ThreadFactory threads) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withFiles(StoreFiles files) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withEngine(KvEngine engine) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withEvents(StoreEvents events) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }

    public StoreOptions withInitialMailboxes(List<InitialMailbox> initialMailboxes) {
        return new StoreOptions(limits, timing, threads, files, engine, events, initialMailboxes);
    }
}
