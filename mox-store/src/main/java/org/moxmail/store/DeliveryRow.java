package org.moxmail.store;

import org.moxmail.message.mailbox.AppendResult;

/**
 * A delivery that had a key, and its result.
 *
 * @param number counts up, so that the oldest can be forgotten
 */
record DeliveryRow(String key, long number, long atMillis, long mailboxId, AppendResult result) {
    static final RowCodec<DeliveryRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(DeliveryRow row, RowWriter out) {
            out.text(row.key)
                    .number(row.number)
                    .signed(row.atMillis)
                    .number(row.mailboxId)
                    .number(row.result.uidValidity())
                    .number(row.result.uid())
                    .number(row.result.modSeq())
                    .number(row.result.messageId());
        }

        @Override
        public DeliveryRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new DeliveryRow(
                    in.text(),
                    in.number(),
                    in.signed(),
                    in.number(),
                    new AppendResult(in.number(), in.number(), in.number(), in.number()));
        }
    };
}
