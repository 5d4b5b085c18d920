package org.moxmail.bench.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes inputs of a target's seeds, its tokens, and earlier inputs that had an outcome of their own, which are kept up to a
 * bound.
 */
final class Mutator {
    private static final int MAX_KEPT = 1000;
    private static final int MAX_LENGTH = 2000;
    private static final int[] ODD_OCTETS = {0, '\r', '\n', ' ', '\t', '"', '\\', 0x7f, 0x80, 0xc3, 0xff, '0', '9', '-'
    };

    private final List<byte[]> tokens;
    private final List<byte[]> kept;
    private final Set<Integer> outcomes = new HashSet<>();
    private final RandomGenerator random;

    private byte[] buffer = new byte[4 * MAX_LENGTH];
    private int length;

    Mutator(FuzzTarget target, RandomGenerator random) {
        this.tokens = target.tokens();
        this.kept = new ArrayList<>(target.seeds());
        this.random = random;
    }

    /** The next input. */
    byte[] next() {
        byte[] base = any(kept);
        length = 0;
        insert(0, base, 0, base.length);
        for (int changes = 1 + random.nextInt(random.nextInt(6) + 1); changes > 0; changes--) {
            change();
        }
        return Arrays.copyOf(buffer, Math.min(length, MAX_LENGTH));
    }

    /** What came of an input. */
    void outcome(byte[] input, int outcome) {
        if (outcomes.size() < 4 * MAX_KEPT && outcomes.add(outcome)) {
            if (kept.size() < MAX_KEPT) {
                kept.add(input);
            } else {
                kept.set(random.nextInt(MAX_KEPT), input);
            }
        }
    }

    private byte[] any(List<byte[]> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void change() {
        int at = random.nextInt(length + 1);
        int to = Math.min(length, at + 1 + random.nextInt(random.nextInt(40) + 1));
        switch (random.nextInt(11)) {
            case 0 -> set(at, random.nextInt(256));
            case 1 -> set(at, ODD_OCTETS[random.nextInt(ODD_OCTETS.length)]);
            case 2, 3 -> insert(at, any(tokens));
            case 4 -> {
                delete(at, to);
                insert(at, any(tokens));
            }
            case 5 -> delete(at, to);
            case 6 -> length = at;
            case 7 -> {
                byte[] piece = Arrays.copyOfRange(buffer, at, to);
                int times = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 3);
                for (int i = 0; i < times && length < MAX_LENGTH; i++) {
                    insert(at, piece);
                }
            }
            case 8 -> {
                byte[] other = any(kept);
                int from = random.nextInt(other.length + 1);
                insert(at, other, from, from + random.nextInt(other.length - from + 1));
            }
            case 9 -> {
                byte[] piece = Arrays.copyOfRange(buffer, at, to);
                delete(at, to);
                insert(random.nextInt(length + 1), piece);
            }
            default -> set(at, at < length ? buffer[at] ^ 1 << random.nextInt(8) : 0);
        }
    }

    private void set(int at, int octet) {
        if (at < length) {
            buffer[at] = (byte) octet;
        }
    }

    private void delete(int from, int to) {
        System.arraycopy(buffer, to, buffer, from, length - to);
        length -= to - from;
    }

    private void insert(int at, byte[] piece) {
        insert(at, piece, 0, piece.length);
    }

    private void insert(int at, byte[] piece, int from, int to) {
        int count = to - from;
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * (length + count));
        }
        System.arraycopy(buffer, at, buffer, at + count, length - at);
        System.arraycopy(piece, from, buffer, at, count);
        length += count;
    }
}
