package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** Whatever happens to a mailbox, its rows from memory are those that the tables have in the same snapshot. */
class RowCacheTest {
    private static final int PIECE_BITS = 3;
    private static final FlagEdit.Mode[] MODES = FlagEdit.Mode.values();

    private record Seen(
            long uid,
            long modSeq,
            Flags flags,
            long sizeBytes,
            long internalDateMillis,
            long saveDateMillis,
            long messageId) {
        static Seen of(MessageRow row) {
            return new Seen(
                    row.uid(),
                    row.modSeq(),
                    row.flags(),
                    row.sizeBytes(),
                    row.internalDateMillis(),
                    row.saveDateMillis(),
                    row.messageId());
        }
    }

    private Random random = new Random(0);
    private RowCache cache = new RowCache(1 << 20, PIECE_BITS, 1);
    private RowCache.OfAccount rows = cache.account();

    private void begin(long seed, long limit) {
        random = new Random(seed);
        cache = new RowCache(limit, PIECE_BITS, 1);
        rows = cache.account();
    }

    @Test
    void agreesWithTheTables() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            begin(seed, 1 << 20);
            run(40);
            assertTrue(cache.octets() > 0);
        }
    }

    @Test
    void agreesWithTheTablesWhenThereIsRoomForFewRows() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            begin(seed, 2L * KnownRow.WEIGHT << PIECE_BITS);
            run(40);
        }
    }

    private void run(int steps) throws IOException {
        try (Fixture fixture = new Fixture()) {
            done(fixture.account.write(view -> view.create(MailboxName.of("a"), Set.of())));
            for (int step = 0; step < steps; step++) {
                change(fixture);
                RowCache.Reading older = rows.reading();
                fixture.account.read(view -> {
                    compare(view, older);
                    if (random.nextInt(3) == 0) {
                        change(fixture);
                        RowCache.Reading newer = rows.reading();
                        fixture.account.read(now -> {
                            compare(now, newer);
                            return true;
                        });
                        compare(view, older);
                    }
                    return true;
                });
            }
        }
    }

    private static long box(MailReader view, String name) throws IOException {
        return view.mailbox(MailboxName.of(name)).orElseThrow().id();
    }

    private UidSet some() {
        UidSet.Builder some = new UidSet.Builder();
        for (long uid = 1L + random.nextInt(10); uid < 80; uid += 1 + random.nextInt(20)) {
            long last = uid + random.nextInt(30);
            some.add(uid, last);
            uid = last + 1;
        }
        return some.build();
    }

    private void change(Fixture fixture) throws IOException {
        String name = random.nextBoolean() ? "Inbox" : "a";
        UidSet uids = random.nextInt(4) == 0 ? UidSet.EVERY : some();
        Flags flags = random.nextBoolean() ? flags("\\Seen", "k" + random.nextInt(2)) : flags("\\Deleted");
        switch (random.nextInt(5)) {
            case 0, 1 -> append(fixture, name, 1 + random.nextInt(12));
            case 2 ->
                done(fixture.account.write(
                        view -> view.store(box(view, name), uids, new FlagEdit(MODES[random.nextInt(3)], flags), -1)));
            case 3 -> done(fixture.account.write(view -> view.expunge(box(view, name), uids)));
            default -> done(fixture.account.write(view -> view.move(box(view, "Inbox"), some(), box(view, "a"))));
        }
    }

    private static void append(Fixture fixture, String name, int count) throws IOException {
        List<Spool> spools = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spools.add(fixture.spool(message("s" + i)));
        }
        fixture.account.write(view -> {
            for (Spool spool : spools) {
                done(view.append(box(view, name), spool, flags("k" + spools.size() % 2), DATE));
            }
            return true;
        });
        for (Spool spool : spools) {
            spool.close();
        }
    }

    /** Also keeps something of each message, and looks at what others kept. */
    private void compare(MailReader view, RowCache.Reading reading) throws IOException {
        MailReader plain = new MailReader(view.tables(), StoreLimits.DEFAULT);
        MailReader cached = new MailReader(view.tables(), StoreLimits.DEFAULT, reading);
        for (String name : List.of("Inbox", "a")) {
            long box = box(view, name);
            UidSet uids = random.nextBoolean() ? UidSet.EVERY : some();
            long since = random.nextBoolean() ? 0 : random.nextInt(20);
            int most = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(30);
            List<Seen> expected = seen(plain, box, uids, since, most);
            assertEquals(expected, seen(cached, box, uids, since, most));
            cached.messages(box, uids, since, row -> {
                byte[] own = {(byte) row.messageId()};
                byte[] kept = row.kept(MessageForm.STRUCTURE);
                if (kept != null) {
                    assertArrayEquals(own, kept);
                }
                row.keep(MessageForm.STRUCTURE, own);
                String subject = requireNonNull(
                        requireNonNull(row.details().structure().envelope()).subject());
                assertEquals("s", subject.substring(0, 1));
                return true;
            });
        }
    }

    private static List<Seen> seen(MailReader view, long box, UidSet uids, long since, int most) throws IOException {
        List<Seen> seen = new ArrayList<>();
        view.messages(box, uids, since, row -> {
            seen.add(Seen.of(row));
            return seen.size() < most;
        });
        return seen;
    }

    private static byte[] octets(MessageForm form) {
        return form.name().getBytes(StandardCharsets.US_ASCII);
    }

    private byte @Nullable [] kept(MailReader view, RowCache.Reading reading, MessageForm form) throws IOException {
        List<byte @Nullable []> kept = new ArrayList<>();
        new MailReader(view.tables(), StoreLimits.DEFAULT, reading)
                .messages(box(view, "Inbox"), UidSet.EVERY, 0, row -> {
                    kept.add(row.kept(form));
                    row.keep(form, octets(form));
                    return true;
                });
        return kept.getFirst();
    }

    @Test
    void whatWasMadeOfAMessageOutlivesItsFlags() throws IOException {
        try (Fixture fixture = new Fixture()) {
            append(fixture, "Inbox", 3);
            for (MessageForm form : MessageForm.values()) {
                RowCache.Reading first = rows.reading();
                fixture.account.read(view -> {
                    assertNull(kept(view, first, form));
                    return true;
                });
                FlagEdit seen = new FlagEdit(
                        FlagEdit.Mode.REPLACE, flags("k" + form.name().length()));
                done(fixture.account.write(view -> view.store(box(view, "Inbox"), UidSet.EVERY, seen, -1)));
                RowCache.Reading second = rows.reading();
                fixture.account.read(view -> {
                    assertArrayEquals(octets(form), kept(view, second, form));
                    return true;
                });
            }
        }
    }

    // A mod-sequence of a write that failed is used again.
    @Test
    void aFailedWriteMakesItForgetAndKeepsOlderReadingsOut() throws IOException {
        try (Fixture fixture = new Fixture()) {
            append(fixture, "Inbox", 3);
            RowCache.Reading older = rows.reading();
            fixture.account.read(view -> {
                assertNull(kept(view, older, MessageForm.SUBJECT));
                return true;
            });
            assertTrue(cache.octets() > 0);
            rows.forget();
            assertEquals(0, cache.octets());
            fixture.account.read(view -> {
                assertNull(kept(view, older, MessageForm.SUBJECT));
                return true;
            });
            assertEquals(0, cache.octets());
        }
    }

    @Test
    void theMailboxThatWasUsedLongestAgoMakesRoom() throws IOException {
        begin(0, 3L * KnownRow.WEIGHT << PIECE_BITS);
        try (Fixture fixture = new Fixture()) {
            done(fixture.account.write(view -> view.create(MailboxName.of("a"), Set.of())));
            append(fixture, "Inbox", 14);
            append(fixture, "a", 12);
            for (String name : List.of("Inbox", "a", "Inbox")) {
                RowCache.Reading reading = rows.reading();
                int count = fixture.account.read(view -> {
                    MailReader cached = new MailReader(view.tables(), StoreLimits.DEFAULT, reading);
                    return seen(cached, box(view, name), UidSet.EVERY, 0, 99).size();
                });
                assertEquals((long) count * KnownRow.WEIGHT, cache.octets());
            }
        }
    }

    @Test
    void aWriteReadsWhatItWrote() throws IOException {
        try (Fixture fixture = new Fixture()) {
            append(fixture, "Inbox", 300);
            fixture.account.read(view -> seen(view, box(view, "Inbox"), UidSet.EVERY, 0, 999));
            List<Seen> seen = fixture.account.write(view -> {
                long box = box(view, "Inbox");
                done(view.store(box, UidSet.EVERY, new FlagEdit(FlagEdit.Mode.ADD, flags("\\Flagged")), -1));
                return seen(view, box, UidSet.EVERY, 0, 999);
            });
            assertEquals(300, seen.size());
            assertTrue(seen.stream().allMatch(row -> row.flags().has(Flags.FLAGGED)));
            assertEquals(seen, fixture.account.read(view -> seen(view, box(view, "Inbox"), UidSet.EVERY, 0, 999)));
            assertThrows(
                    IOException.class,
                    () -> fixture.account.write(view -> {
                        done(view.expunge(box(view, "Inbox"), UidSet.EVERY));
                        done(view.store(
                                box(view, "Inbox"),
                                UidSet.EVERY,
                                new FlagEdit(FlagEdit.Mode.REMOVE, flags("\\Flagged")),
                                -1));
                        throw new IOException("on purpose");
                    }));
            assertEquals(seen, fixture.account.read(view -> seen(view, box(view, "Inbox"), UidSet.EVERY, 0, 999)));
        }
    }
}
