package org.moxmail.store;

import org.moxmail.message.mailbox.MailboxName;

/** A subscribed name. */
record NameRow(MailboxName name) {
    static final RowCodec<NameRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(NameRow row, RowWriter out) {
            out.text(row.name.toString());
        }

        @Override
        public NameRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new NameRow(MailboxRow.name(in.text()));
        }
    };
}
