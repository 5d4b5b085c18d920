package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;

/**
 * Rows as they are on disk. A line of the resource never changes and never goes: when a table gets a new format, its
 * sample here gets a new line, and the old one must still be read.
 */
final class GoldenRowsTest {
    private final Map<String, String> golden = read();
    private final Map<String, String> written = new LinkedHashMap<>();

    private static Map<String, String> read() {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream in = GoldenRowsTest.class.getResourceAsStream("/rows.txt")) {
            assertNotNull(in);
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] parts = line.split(" ", -1);
                    lines.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return lines;
    }

    /** The sample is written as it always was and read as what it was; {@code view} makes rows comparable. */
    private <R> void check(Table<R> table, R sample, Function<R, Object> view) {
        String name = table.name().replace(' ', '-') + "-" + table.codec().format();
        String hex = HexFormat.of().formatHex(table.encode(sample));
        written.put(name, hex);
        assertEquals(golden.get(name), hex, name);
        R read = table.decode(HexFormat.of().parseHex(golden.get(name)));
        assertEquals(view.apply(sample), view.apply(read), name);
        byte[] future = HexFormat.of().parseHex(hex);
        future[0] = (byte) 250;
        assertThrows(StoreException.class, () -> table.decode(future), name);
    }

    @Test
    void rowsAreWrittenAndReadAsEver() {
        AccountState state = new AccountState();
        state.lastModSeq = 300;
        state.nextMessageId = 70_000;
        state.nextMailboxId = 7;
        state.nextUidValidity = 1_767_225_606;
        state.nextDelivery = 3;
        state.usedBytes = 1L << 40;
        state.quotaLimit = -1;
        state.sweptBelow = 12;
        check(
                Tables.STATE,
                state,
                row -> row.lastModSeq + " " + row.nextMessageId + " " + row.nextMailboxId + " "
                        + row.nextUidValidity + " " + row.nextDelivery + " " + row.usedBytes + " " + row.quotaLimit
                        + " "
                        + row.sweptBelow);
        check(
                Tables.MAILBOXES,
                new MailboxRow(
                        5, MailboxName.of("Büro/Post"), 1_767_225_606, 2, Set.of(SpecialUse.JUNK, SpecialUse.ARCHIVE)),
                row -> row);
        Counters counters = new Counters(5);
        counters.uidNext = 4_000_000_000L;
        counters.highestModSeq = 299;
        counters.messages = 1000;
        counters.unseen = 10;
        counters.deleted = 2;
        counters.sizeBytes = 123_456;
        counters.deletedSizeBytes = 456;
        counters.nextKeyword = 4;
        check(
                Tables.COUNTERS,
                counters,
                row -> row.mailboxId + " " + row.uidNext + " " + row.highestModSeq + " "
                        + row.messages + " " + row.unseen + " " + row.deleted + " " + row.sizeBytes + " "
                        + row.deletedSizeBytes + " " + row.nextKeyword);
        check(Tables.KEYWORDS, new KeywordRow(5, 3, "$label1"), row -> row);
        check(
                Tables.DETAILS,
                new DetailsRow(
                        9,
                        5,
                        77,
                        8,
                        4096,
                        9,
                        2,
                        "trace",
                        "Received: x\udcff\r\n",
                        "{}",
                        "Hello",
                        new byte[] {1, 2},
                        new byte[] {3, 4, 5}),
                row -> row.messageId() + " " + row.mailboxId() + " " + row.uid() + " " + row.bytesId() + " "
                        + row.sizeBytes() + " " + row.emailId() + " " + row.threadId() + " " + row.traceId() + " "
                        + row.prefix() + " " + row.facts() + " " + row.preview() + " "
                        + HexFormat.of().formatHex(row.linkKey()) + " "
                        + HexFormat.of().formatHex(row.structure()));
        check(Tables.BYTES, new BytesRow(8, BytesRow.Where.FILE, 4000, 2), row -> row);
        check(Tables.SUBSCRIPTIONS, new NameRow(MailboxName.of("Archive/2026")), row -> row);
        check(Tables.SECRETS, new Secret(SecretKind.SCRAM_SHA_256, 3, new byte[] {9, 8, 7}), row -> row);
        check(
                Tables.DELIVERIES,
                new DeliveryRow("queue-17", 2, 1_767_225_600_000L, 5, new AppendResult(1_767_225_606, 77, 299, 9)),
                row -> row);
        check(Tables.FORMER_NAMES, new FormerName(MailboxName.of("old"), 4, 1_767_225_603), row -> row);
        assertEquals(
                golden.keySet().stream()
                        .filter(name -> !name.startsWith("raw-"))
                        .toList()
                        .size(),
                written.size());
    }

    @Test
    void narrowRowsAreWrittenAndReadAsEver() {
        byte[] octets = NarrowRow.encode(
                299, Flags.SEEN | Flags.MDNSENT, 123_456, 1_767_225_600_000L, -1, 9, new long[] {1, 300});
        assertEquals(golden.get("raw-message-1"), HexFormat.of().formatHex(octets));
        NarrowRow row = new NarrowRow(new NarrowRow.Words(Map.of(1L, "a", 300L, "b")), id -> {
            throw new AssertionError(id);
        });
        row.load(77, octets);
        assertEquals(
                new NarrowRow.Stored(
                        77, 299, Fixture.flags("\\Seen", "$MDNSent", "a", "b"), 123_456, 1_767_225_600_000L, -1, 9),
                row.stored());
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(octets, length);
            assertThrows(StoreException.class, () -> row.load(77, cut));
        }
    }

    @Test
    void setsOfUidsAreWrittenAndReadAsEver() {
        long[] runs = new long[64];
        runs[0] = 0b1110;
        runs[63] = -1L;
        long[] mixed = new long[64];
        for (int i = 0; i < 40; i++) {
            mixed[i] = 0x5555_5555_5555_5555L << i % 2;
        }
        for (Map.Entry<String, long[]> sample :
                Map.of("raw-uids-runs", runs, "raw-uids-bitmap", mixed).entrySet()) {
            byte[] octets = UidBitmaps.encode(sample.getValue());
            assertNotNull(octets);
            assertEquals(golden.get(sample.getKey()), HexFormat.of().formatHex(octets), sample.getKey());
            org.junit.jupiter.api.Assertions.assertArrayEquals(sample.getValue(), UidBitmaps.decode(octets));
        }
    }
}
