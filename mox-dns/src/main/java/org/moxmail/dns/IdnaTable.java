package org.moxmail.dns;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Unicode's IDNA mapping table (UTS 46 §5, with UseSTD3ASCIIRules, version 15.0), and the two character properties of the
 * ContextJ rules that the JDK doesn't have. Read from a resource that {@code src/build/GenerateIdnaTable.java} writes.
 */
final class IdnaTable {
    static final IdnaTable INSTANCE = load();

    /** What becomes of a code point. */
    enum Status {
        VALID,
        DISALLOWED,
        IGNORED,
        MAPPED
    }

    /** RFC 5892 appendix A.1. */
    enum Joining {
        NONE,
        DUAL,
        LEFT,
        RIGHT,
        TRANSPARENT
    }

    private static final int SHIFTED = 3;
    private static final int MAPPED = 4;

    private final String pool;
    /** First code points of runs, ascending from 0. */
    private final int[] starts;

    private final byte[] kinds;
    /** By kind: the distance of the mapping, or offset and length of the mapping in the pool. */
    private final int[] details;

    private final Runs viramas;
    private final Runs joining;

    private record Runs(int[] starts, byte[] values) {
        int value(int codePoint) {
            int at = Arrays.binarySearch(starts, codePoint);
            return values[at >= 0 ? at : -at - 2];
        }
    }

    private IdnaTable(DataInputStream in) throws IOException {
        in.skipNBytes(2); // Unicode's version, for people
        byte[] text = new byte[varint(in)];
        in.readFully(text);
        pool = new String(text, StandardCharsets.UTF_8);
        int count = varint(in);
        starts = new int[count];
        kinds = new byte[count];
        details = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = next;
            next += varint(in);
            kinds[i] = (byte) varint(in);
            if (kinds[i] == SHIFTED) {
                int zigzag = varint(in);
                details[i] = zigzag >>> 1 ^ -(zigzag & 1);
            } else if (kinds[i] == MAPPED) {
                details[i] = varint(in) << 8 | varint(in);
            }
        }
        viramas = runs(in);
        joining = runs(in);
    }

    private static Runs runs(DataInputStream in) throws IOException {
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

    private static IdnaTable load() {
        try (InputStream resource = IdnaTable.class.getResourceAsStream("idna.bin")) {
            if (resource == null) {
                throw new IllegalStateException("idna.bin is missing");
            }
            return new IdnaTable(new DataInputStream(new ByteArrayInputStream(resource.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("idna.bin can't be read", e);
        }
    }

    private int run(int codePoint) {
        int at = Arrays.binarySearch(starts, codePoint);
        return at >= 0 ? at : -at - 2;
    }

    Status status(int codePoint) {
        return switch (kinds[run(codePoint)]) {
            case 0 -> Status.VALID;
            case 1 -> Status.DISALLOWED;
            case 2 -> Status.IGNORED;
            default -> Status.MAPPED;
        };
    }

    /** Appends what a code point of status MAPPED becomes. */
    void appendMapping(int codePoint, StringBuilder to) {
        int run = run(codePoint);
        int detail = details[run];
        if (kinds[run] == SHIFTED) {
            to.appendCodePoint(codePoint + detail);
        } else {
            to.append(pool, detail >> 8, (detail >> 8) + (detail & 0xff));
        }
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
