package org.moxmail.store;

/** How secrets are laid out. */
final class SecretCodec implements RowCodec<Secret> {
    static final SecretCodec CODEC = new SecretCodec();

    private SecretCodec() {}

    static Key key(SecretKind kind) {
        return Key.builder().u8(kind.number()).build();
    }

    @Override
    public int format() {
        return 1;
    }

    @Override
    public void write(Secret row, RowWriter out) {
        out.u8(row.kind().number()).u8(row.format()).octets(row.octets());
    }

    @Override
    public Secret read(int format, RowReader in) {
        if (format != 1) {
            throw new IllegalArgumentException("format " + format);
        }
        return new Secret(kind(in.u8()), in.u8(), in.octets());
    }

    private static SecretKind kind(int number) {
        for (SecretKind kind : SecretKind.values()) {
            if (kind.number() == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("a secret of kind " + number);
    }
}
