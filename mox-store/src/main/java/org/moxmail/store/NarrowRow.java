package org.moxmail.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;

/**
 * The narrow row of a message: what FETCH FLAGS, SEARCH and sorting by date need, some 25 octets that lie in UID order
 * per mailbox. One instance is loaded with row after row during a visit; besides the value that the engine hands out,
 * a row costs no allocation, since flags are shared between rows that have the same.
 *
 * <p>Layout, format 1: numbers as {@link RowWriter#number} writes them, in this order: mod-sequence, flag bits, size,
 * internal date and save date (signed), message id, number of keywords, each keyword's number in the mailbox, ascending.
 */
final class NarrowRow implements MessageRow {
    static final int FORMAT = 1;

    /** Flags without keywords by their bits; bounded, since there are ten bits. */
    private static final Flags[] PLAIN = plain();

    private static Flags[] plain() {
        Flags[] plain = new Flags[Flags.ALL + 1];
        for (int bits = 0; bits < plain.length; bits++) {
            plain[bits] = Flags.of(bits);
        }
        return plain;
    }

    /**
     * A mailbox's keywords by number, and flags that its rows were seen to have: few combinations make up nearly all rows,
     * and finding one of those again allocates nothing.
     */
    static final class Words {
        private static final int SLOTS = 256;

        private record Seen(int bits, long[] keywords, Flags flags) {}

        private final Map<Long, String> words;
        private final @Nullable Seen[] seen = new Seen[SLOTS];

        Words(Map<Long, String> words) {
            this.words = words;
        }

        Flags flags(int bits, long[] keywords, int count) {
            if (count == 0) {
                return PLAIN[bits];
            }
            int hash = bits;
            for (int i = 0; i < count; i++) {
                hash = 31 * hash + Long.hashCode(keywords[i]);
            }
            int slot = (hash ^ hash >>> 8) & SLOTS - 1;
            Seen known = seen[slot];
            if (known != null
                    && known.bits == bits
                    && Arrays.equals(known.keywords, 0, known.keywords.length, keywords, 0, count)) {
                return known.flags;
            }
            Flags flags = make(bits, keywords, count);
            seen[slot] = new Seen(bits, Arrays.copyOf(keywords, count), flags);
            return flags;
        }

        private Flags make(int bits, long[] keywords, int count) {
            List<String> names = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String word = words.get(keywords[i]);
                if (word == null) {
                    throw new StoreException("a message has keyword " + keywords[i] + " that its mailbox doesn't have");
                }
                names.add(word);
            }
            return Flags.of(bits, names);
        }
    }

    /** Finds a wide row. */
    @FunctionalInterface
    interface Wide {
        MessageDetails details(long messageId);

        default @Nullable Envelope envelope(long messageId) {
            return details(messageId).structure().envelope();
        }

        /** Null when the octets aren't rows. */
        default @Nullable MessageContent content(long messageId) {
            return null;
        }
    }

    /** For who doesn't ask for more than the narrow row. */
    private static final Wide NOTHING = id -> {
        throw new IllegalStateException("only narrow rows were wanted");
    };

    private final Words words;
    private final Wide wide;
    /** Where the row is from when it isn't from the tables. */
    private @Nullable KnownRow known;

    private long uid;
    private long modSeq;
    private int bits;
    private long sizeBytes;
    private long internalDateMillis;
    private long saveDateMillis;
    private long messageId;
    private long[] keywords = new long[4];
    private int keywordCount;

    private byte[] octets = new byte[0];
    private int position;

    NarrowRow(Words words, Wide wide) {
        this.words = words;
        this.wide = wide;
    }

    NarrowRow(Words words) {
        this(words, NOTHING);
    }

    static byte[] key(long mailboxId, long uid) {
        byte[] key = new byte[8];
        u32(key, 0, mailboxId);
        u32(key, 4, uid);
        return key;
    }

    static byte[] modSeqKey(long mailboxId, long modSeq, long uid) {
        byte[] key = new byte[16];
        u32(key, 0, mailboxId);
        u32(key, 4, modSeq >>> 32);
        u32(key, 8, modSeq);
        u32(key, 12, uid);
        return key;
    }

    private static void u32(byte[] key, int at, long number) {
        for (int i = 0; i < 4; i++) {
            key[at + i] = (byte) (number >>> 24 - 8 * i);
        }
    }

    /** The UID at the end of a key of messages or by mod-sequence. */
    static long uid(byte[] key) {
        int at = key.length - 4;
        return (key[at] & 0xffL) << 24 | (key[at + 1] & 0xff) << 16 | (key[at + 2] & 0xff) << 8 | key[at + 3] & 0xff;
    }

    void load(long uid, byte[] value) {
        known = null;
        octets = value;
        position = 0;
        if (value.length == 0 || value[position++] != FORMAT) {
            throw new StoreException("a message's row has an unknown format");
        }
        this.uid = uid;
        modSeq = number();
        bits = (int) number() & Flags.ALL;
        sizeBytes = number();
        internalDateMillis = signed();
        saveDateMillis = signed();
        messageId = number();
        keywordCount = (int) number();
        if (keywordCount > octets.length) {
            throw new StoreException("a message's row ends too early");
        }
        if (keywordCount > keywords.length) {
            keywords = new long[keywordCount];
        }
        for (int i = 0; i < keywordCount; i++) {
            keywords[i] = number();
        }
    }

    void load(KnownRow row) {
        known = row;
        uid = row.uid();
        modSeq = row.modSeq();
        sizeBytes = row.sizeBytes();
        internalDateMillis = row.internalDateMillis();
        saveDateMillis = row.saveDateMillis();
        messageId = row.messageId();
    }

    /** A row that stays, for keeping it in memory. */
    KnownRow known(KnownRow.Forms forms) {
        return new KnownRow(uid, modSeq, flags(), sizeBytes, internalDateMillis, saveDateMillis, messageId, forms);
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 64 && position < octets.length; shift += 7) {
            byte octet = octets[position++];
            number |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return number;
            }
        }
        throw new StoreException("a message's row ends too early");
    }

    private long signed() {
        long number = number();
        return number >>> 1 ^ -(number & 1);
    }

    /** The octets of a row. */
    static byte[] encode(
            long modSeq, int bits, long sizeBytes, long internalDate, long saveDate, long messageId, long[] keywords) {
        RowWriter out = new RowWriter();
        out.u8(FORMAT)
                .number(modSeq)
                .number(bits)
                .number(sizeBytes)
                .signed(internalDate)
                .signed(saveDate)
                .number(messageId)
                .number(keywords.length);
        for (long keyword : keywords) {
            out.number(keyword);
        }
        return out.toOctets();
    }

    /** A row that stays, for changing it. */
    Stored stored() {
        return new Stored(uid, modSeq, flags(), sizeBytes, internalDateMillis, saveDateMillis, messageId);
    }

    /** A message of a mailbox. */
    record Stored(
            long uid,
            long modSeq,
            Flags flags,
            long sizeBytes,
            long internalDateMillis,
            long saveDateMillis,
            long messageId) {
        Stored withFlags(long modSeq, Flags flags) {
            return new Stored(uid, modSeq, flags, sizeBytes, internalDateMillis, saveDateMillis, messageId);
        }
    }

    @Override
    public long messageId() {
        return messageId;
    }

    @Override
    public long uid() {
        return uid;
    }

    @Override
    public long modSeq() {
        return modSeq;
    }

    @Override
    public Flags flags() {
        return known != null ? known.flags() : words.flags(bits, keywords, keywordCount);
    }

    /** Flags without keywords. */
    int flagBits() {
        return bits;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public long internalDateMillis() {
        return internalDateMillis;
    }

    @Override
    public long saveDateMillis() {
        return saveDateMillis;
    }

    @Override
    public MessageDetails details() {
        return wide.details(messageId);
    }

    @Override
    public @Nullable Envelope envelope() {
        return wide.envelope(messageId);
    }

    @Override
    public @Nullable MessageContent content() {
        return wide.content(messageId);
    }

    @Override
    public byte @Nullable [] kept(MessageForm form) {
        return known == null ? null : known.forms().kept(form);
    }

    @Override
    public void keep(MessageForm form, byte[] octets) {
        if (known != null) {
            known.forms().keep(form, octets);
        }
    }
}
