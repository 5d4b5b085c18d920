package org.moxmail.sasl;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The properties of characters that PRECIS and SASLprep need and the JDK doesn't have. Read from a resource that
 * {@code src/build/GeneratePreparationTable.java} writes.
 */
final class PreparationTable {
    static final PreparationTable INSTANCE = load();

    /** RFC 4013 §2. */
    enum Saslprep {
        ALLOWED,
        NOTHING,
        SPACE,
        PROHIBITED,
        UNASSIGNED
    }

    /** RFC 5892 appendix A.1. */
    enum Joining {
        NONE,
        DUAL,
        LEFT,
        RIGHT,
        TRANSPARENT
    }

    private record Runs(int[] starts, byte[] values) {
        static Runs read(DataInputStream in) throws IOException {
            int count = varint(in);
            int[] starts = new int[count];
            byte[] values = new byte[count];
            int next = 0;
            for (int i = 0; i < count; i++) {
                starts[i] = next;
                next += varint(in);
                values[i] = (byte) varint(in);
            }
            return new Runs(starts, values);
        }

        int value(int codePoint) {
            int at = Arrays.binarySearch(starts, codePoint);
            return values[at >= 0 ? at : -at - 2];
        }
    }

    private final Runs saslprep;
    private final Runs viramas;
    private final Runs joining;

    private PreparationTable(DataInputStream in) throws IOException {
        saslprep = Runs.read(in);
        viramas = Runs.read(in);
        joining = Runs.read(in);
    }

    private static int varint(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.readUnsignedByte();
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
    }

    private static PreparationTable load() {
        try (InputStream resource = PreparationTable.class.getResourceAsStream("preparation.bin")) {
            if (resource == null) {
                throw new IllegalStateException("preparation.bin is missing");
            }
            return new PreparationTable(new DataInputStream(new ByteArrayInputStream(resource.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("preparation.bin can't be read", e);
        }
    }

    Saslprep saslprep(int codePoint) {
        return switch (saslprep.value(codePoint)) {
            case 0 -> Saslprep.ALLOWED;
            case 1 -> Saslprep.NOTHING;
            case 2 -> Saslprep.SPACE;
            case 3 -> Saslprep.PROHIBITED;
            default -> Saslprep.UNASSIGNED;
        };
    }

    /** Whether the canonical combining class is Virama. */
    boolean virama(int codePoint) {
        return viramas.value(codePoint) == 1;
    }

    Joining joining(int codePoint) {
        return switch (joining.value(codePoint)) {
            case 1 -> Joining.DUAL;
            case 2 -> Joining.LEFT;
            case 3 -> Joining.RIGHT;
            case 4 -> Joining.TRANSPARENT;
            default -> Joining.NONE;
        };
    }
}
