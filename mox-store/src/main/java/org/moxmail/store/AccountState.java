package org.moxmail.store;

/** What there is once per account. Mutable: a write loads it, counts it up, and puts it back. */
final class AccountState {
    static final RowCodec<AccountState> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(AccountState row, RowWriter out) {
            out.number(row.lastModSeq)
                    .number(row.nextMessageId)
                    .number(row.nextMailboxId)
                    .number(row.nextUidValidity)
                    .number(row.nextDelivery)
                    .number(row.usedBytes)
                    .signed(row.quotaLimit)
                    .number(row.sweptBelow);
        }

        @Override
        public AccountState read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            AccountState row = new AccountState();
            row.lastModSeq = in.number();
            row.nextMessageId = in.number();
            row.nextMailboxId = in.number();
            row.nextUidValidity = in.number();
            row.nextDelivery = in.number();
            row.usedBytes = in.number();
            row.quotaLimit = in.signed();
            row.sweptBelow = in.number();
            return row;
        }
    };

    /** The mod-sequence of the last write; the first write has 2, and an account that has none shows 1. */
    long lastModSeq = 1;

    long nextMessageId = 1;
    long nextMailboxId = 1;
    long nextUidValidity = 1;
    long nextDelivery = 1;
    long usedBytes;
    /** As {@link MailWriter#quotaLimit} has it. */
    long quotaLimit;
    /** No file with a bytes id below this can be a leftover of a crash. */
    long sweptBelow;
}
