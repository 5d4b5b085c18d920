package org.moxmail.store;

/** A mailbox's counts and counters. Mutable: a write loads them, changes them, and puts them back. */
final class Counters {
    static final RowCodec<Counters> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Counters row, RowWriter out) {
            out.number(row.mailboxId)
                    .number(row.uidNext)
                    .number(row.highestModSeq)
                    .number(row.messages)
                    .number(row.unseen)
                    .number(row.deleted)
                    .number(row.sizeBytes)
                    .number(row.deletedSizeBytes)
                    .number(row.nextKeyword);
        }

        @Override
        public Counters read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            Counters row = new Counters(in.number());
            row.uidNext = in.number();
            row.highestModSeq = in.number();
            row.messages = in.number();
            row.unseen = in.number();
            row.deleted = in.number();
            row.sizeBytes = in.number();
            row.deletedSizeBytes = in.number();
            row.nextKeyword = in.number();
            return row;
        }
    };

    final long mailboxId;
    long uidNext = 1;
    long highestModSeq;
    long messages;
    long unseen;
    long deleted;
    long sizeBytes;
    long deletedSizeBytes;
    long nextKeyword = 1;

    Counters(long mailboxId) {
        this.mailboxId = mailboxId;
    }
}
