package org.moxmail.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * A consistent view of an account. For the thread that it was given to, until its work returns. A mailbox id that
 * doesn't exist (any more) is an empty mailbox.
 */
public class MailReader {
    /** Up to so many messages are looked at one by one instead of asking the index by mod-sequence. */
    private static final int FEW = 100;

    private final ReadTx tx;
    private final StoreLimits limits;
    private final RowCache.@Nullable Reading rows;

    /** A view that doesn't take from memory what the tables have: of a write, or one that looks for damage. */
    MailReader(ReadTx tx, StoreLimits limits) {
        this(tx, limits, null);
    }

    MailReader(ReadTx tx, StoreLimits limits, RowCache.@Nullable Reading rows) {
        this.tx = tx;
        this.limits = limits;
        this.rows = rows;
    }

    /** Makes pending changes of sets of UIDs visible; a plain reader has none. */
    void settle() {}

    final ReadTx tables() {
        return tx;
    }

    private KvRead kv() {
        return tables().kv();
    }

    AccountState state() {
        return tables().get(Tables.STATE, Key.of(1)).orElseThrow(() -> new StoreException("the account has no state"));
    }

    /** The highest mod-sequence of the account at this snapshot; at least 1. */
    public long highestModSeq() {
        return state().lastModSeq;
    }

    /** A mailbox by name. */
    public Optional<MailboxInfo> mailbox(MailboxName name) throws IOException {
        return row(name).map(this::info);
    }

    /** A mailbox by its id, as long as it exists. */
    public Optional<MailboxInfo> mailbox(long mailboxId) {
        return row(mailboxId).map(this::info);
    }

    final Optional<MailboxRow> row(MailboxName name) throws IOException {
        return tables().first(Tables.MAILBOX_BY_NAME, Key.of(name.toString()));
    }

    final Optional<MailboxRow> row(long mailboxId) {
        return mailboxId < 1 || mailboxId > UidSet.MAX
                ? Optional.empty()
                : tables().get(Tables.MAILBOXES, MailboxRow.key(mailboxId));
    }

    private boolean exists(long mailboxId) {
        return mailboxId >= 1 && mailboxId <= UidSet.MAX && tables().has(Tables.MAILBOXES, MailboxRow.key(mailboxId));
    }

    final MailboxInfo info(MailboxRow row) {
        Counters counters = counters(row.id());
        List<String> keywords = new ArrayList<>(keywords(row.id()).values());
        keywords.sort(Comparator.naturalOrder());
        return new MailboxInfo(
                row.id(),
                row.name(),
                row.uidValidity(),
                counters.uidNext,
                counters.highestModSeq,
                row.uses(),
                keywords,
                counters.messages,
                counters.unseen,
                counters.deleted,
                counters.sizeBytes,
                counters.deletedSizeBytes);
    }

    Counters counters(long mailboxId) {
        return tables().get(Tables.COUNTERS, MailboxRow.key(mailboxId))
                .orElseThrow(() -> new StoreException("mailbox " + mailboxId + " has no counters"));
    }

    /** A mailbox's keywords by their numbers. */
    final Map<Long, String> keywords(long mailboxId) {
        Map<Long, String> words = new HashMap<>();
        try (KvCursor cursor =
                kv().ascend(Tables.KEYWORDS.number(), MailboxRow.key(mailboxId).octets(), UidBitmaps.end(mailboxId))) {
            while (cursor.next()) {
                KeywordRow row = Tables.KEYWORDS.decode(cursor.value());
                words.put(row.number(), row.word());
            }
        }
        return words;
    }

    final List<MailboxRow> rows() throws IOException {
        List<MailboxRow> rows = new ArrayList<>();
        tables().each(Tables.MAILBOXES, Key.EMPTY, rows::add);
        rows.sort(Comparator.comparing(MailboxRow::name));
        return rows;
    }

    /** All mailboxes, sorted by name. */
    public List<MailboxInfo> mailboxes() throws IOException {
        return rows().stream().map(this::info).toList();
    }

    /** Subscribed names, whether or not there is such a mailbox. */
    public Set<MailboxName> subscriptions() throws IOException {
        Set<MailboxName> names = new TreeSet<>();
        tables().each(Tables.SUBSCRIPTIONS, Key.EMPTY, row -> {
            names.add(row.name());
            return true;
        });
        return names;
    }

    /** The UIDs of a mailbox's messages. Reads about one row per 4,096 UIDs. */
    public UidSet uids(long mailboxId) {
        return uids(Tables.UIDS, mailboxId);
    }

    /** The UIDs of those without {@code \Seen}. */
    public UidSet unseen(long mailboxId) {
        return uids(Tables.UNSEEN, mailboxId);
    }

    /** The UIDs of those with {@code \Deleted}. */
    public UidSet deleted(long mailboxId) {
        return uids(Tables.DELETED, mailboxId);
    }

    private UidSet uids(int table, long mailboxId) {
        settle();
        return exists(mailboxId) ? UidBitmaps.read(kv(), table, mailboxId) : UidSet.EMPTY;
    }

    /** The smallest UID without {@code \Seen}, or 0. Reads one row. */
    public long firstUnseen(long mailboxId) {
        settle();
        return exists(mailboxId) ? UidBitmaps.first(kv(), Tables.UNSEEN, mailboxId) : 0;
    }

    /**
     * Visits the messages of {@code uids} that exist and have a mod-sequence above {@code changedSince} (0 for all), in
     * ascending UID order, until the visitor has seen enough. A row is valid during its visit. The visitor changes
     * nothing.
     */
    public void messages(long mailboxId, UidSet uids, long changedSince, RowVisitor visitor) throws IOException {
        if (!exists(mailboxId)) {
            return;
        }
        UidSet wanted = uids;
        long above = Math.max(0, changedSince);
        if (above > 0 && uids.size() > FEW) {
            wanted = uids.intersect(changed(mailboxId, above));
        }
        NarrowRow.Words words = new NarrowRow.Words(keywords(mailboxId));
        RowCache.Reading cache = rows;
        try (WideRows wide = new WideRows(kv())) {
            MailboxVisit visit = new MailboxVisit(kv(), mailboxId, above, new NarrowRow(words, wide), visitor);
            if (cache == null || wanted.size() < cache.many()) {
                visit.read(wanted);
                return;
            }
            Counters counters = counters(mailboxId);
            UidSet possible = wanted.between(1, counters.uidNext - 1);
            MailboxRows known = cache.rows(kv(), mailboxId, counters.highestModSeq, words);
            if (known == null) {
                visit.read(possible);
            } else {
                visit.use(known, possible, cache.many(), words);
            }
        }
    }

    /** UIDs of messages that changed after {@code since}. */
    private UidSet changed(long mailboxId, long since) {
        if (since == Long.MAX_VALUE) {
            return UidSet.EMPTY;
        }
        long[] uids = new long[64];
        int count = 0;
        try (KvCursor cursor = kv().ascend(
                        Tables.BY_MODSEQ, NarrowRow.modSeqKey(mailboxId, since + 1, 0), UidBitmaps.end(mailboxId))) {
            while (cursor.next()) {
                if (count == uids.length) {
                    uids = java.util.Arrays.copyOf(uids, 2 * count);
                }
                uids[count++] = NarrowRow.uid(cursor.key());
            }
        }
        return UidSet.of(java.util.Arrays.copyOf(uids, count));
    }

    /** UIDs of the mailbox that were expunged or moved away after {@code since}. History is kept from the beginning. */
    public UidSet expungedSince(long mailboxId, long since) {
        return exists(mailboxId) ? ExpungeHistory.since(kv(), mailboxId, since) : UidSet.EMPTY;
    }

    /**
     * Visits messages of {@code uids} that were expunged or moved away by a write after {@code since}, as they were last, in
     * ascending UID order, until the visitor has seen enough. They are there for as long as some cursor hasn't acknowledged
     * that write.
     */
    public void removed(long mailboxId, UidSet uids, long since, RowVisitor visitor) throws IOException {
        if (!exists(mailboxId)) {
            return;
        }
        try (WideRows wide = new WideRows(kv())) {
            NarrowRow row = new NarrowRow(new NarrowRow.Words(keywords(mailboxId)), wide);
            for (var removed : RemovedRows.since(kv(), mailboxId, uids, since).entrySet()) {
                row.load(removed.getKey(), removed.getValue());
                if (!visitor.visit(row)) {
                    return;
                }
            }
        }
    }

    final Optional<DetailsRow> detailsRow(long messageId) {
        return tables().get(Tables.DETAILS, Key.of(messageId));
    }

    /** A message by its id, until it is expunged. */
    public Optional<StoredMessage> message(long messageId) {
        return detailsRow(messageId)
                .filter(this::placed)
                .map(row -> new StoredMessage(
                        row.messageId(),
                        row.mailboxId(),
                        row.uid(),
                        row.sizeBytes(),
                        row.prefix(),
                        row.facts(),
                        row.details()));
    }

    private boolean placed(DetailsRow row) {
        return exists(row.mailboxId()) && kv().get(Tables.MESSAGES, NarrowRow.key(row.mailboxId(), row.uid())) != null;
    }

    /** What is used and allowed. */
    public QuotaUse quota() {
        AccountState state = state();
        long limit = state.quotaLimit == 0 ? limits.quotaBytes() : state.quotaLimit;
        return new QuotaUse(state.usedBytes, limit <= 0 ? -1 : limit);
    }

    /** The account's secret of a kind. */
    public Optional<Secret> secret(SecretKind kind) {
        return tables().get(Tables.SECRETS, SecretCodec.key(kind));
    }

    /** Sees one row after the other. */
    @FunctionalInterface
    public interface RowVisitor {
        /** Returns false to end the visit. */
        boolean visit(MessageRow row) throws IOException;
    }
}
