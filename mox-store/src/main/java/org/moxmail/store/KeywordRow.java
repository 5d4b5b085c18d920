package org.moxmail.store;

/** A keyword of a mailbox: lower-case, and its number there. */
record KeywordRow(long mailboxId, long number, String word) {
    static final RowCodec<KeywordRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(KeywordRow row, RowWriter out) {
            out.number(row.mailboxId).number(row.number).text(row.word);
        }

        @Override
        public KeywordRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            return new KeywordRow(in.number(), in.number(), in.text());
        }
    };

    Key key() {
        return Key.builder().u32(mailboxId).u32(number).build();
    }
}
