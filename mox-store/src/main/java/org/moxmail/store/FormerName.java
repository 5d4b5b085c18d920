package org.moxmail.store;

import org.moxmail.message.mailbox.MailboxName;

/**
 * A name that a mailbox had, and the highest UIDVALIDITY that clients saw with it. A mailbox that gets the name later must
 * show them a higher one (RFC 9051 §2.3.1.1), unless it is the same mailbox that comes back.
 */
record FormerName(MailboxName name, long mailboxId, long uidValidity) {
    static final RowCodec<FormerName> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(FormerName row, RowWriter out) {
            out.text(row.name.toString()).number(row.mailboxId).number(row.uidValidity);
        }

        @Override
        public FormerName read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new FormerName(MailboxRow.name(in.text()), in.number(), in.number());
        }
    };
}
