package org.moxmail.store;

/**
 * Octets that messages share.
 *
 * @param sizeBytes without any message's prefix
 * @param messages how many messages have them, removed ones that aren't erased yet included
 */
record BytesRow(long bytesId, Where where, long sizeBytes, long messages) {
    /** Where octets are. */
    enum Where {
        ROWS,
        FILE
    }

    static final RowCodec<BytesRow> CODEC = new RowCodec<>() {
        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(BytesRow row, RowWriter out) {
            out.number(row.bytesId)
                    .u8(row.where == Where.ROWS ? 1 : 2)
                    .number(row.sizeBytes)
                    .number(row.messages);
        }

        @Override
        public BytesRow read(int format, RowReader in) {
            if (format != 1) {
                throw new IllegalArgumentException("format " + format);
            }
            long id = in.number();
            Where where = switch (in.u8()) {
                case 1 -> Where.ROWS;
                case 2 -> Where.FILE;
                default -> throw new IllegalArgumentException("octets in an unknown place");
            };
            return new BytesRow(id, where, in.number(), in.number());
        }
    };

    BytesRow withMessages(long messages) {
        return new BytesRow(bytesId, where, sizeBytes, messages);
    }
}
