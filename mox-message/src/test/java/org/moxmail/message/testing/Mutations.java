package org.moxmail.message.testing;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Mutilates octets as fuzzers do, from a seed. */
public final class Mutations {
    private Mutations() {}

    /** The same numbers for the same seed. */
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** A few changes: octets, cuts, repeats, swaps. */
    public static byte[] mutate(byte[] octets, RandomGenerator random) {
        byte[] result = octets.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && result.length > 1; i++) {
            int from = random.nextInt(result.length);
            int to = Math.min(result.length, from + 1 + random.nextInt(40));
            result = switch (random.nextInt(6)) {
                case 0 -> set(result, from, (byte) random.nextInt(256));
                case 1 -> set(result, from, (byte) "\r\n-:;=\"<>@(),? \t".charAt(random.nextInt(16)));
                case 2 -> join(result, 0, from, result, to, result.length);
                case 3 -> join(result, 0, to, result, from, result.length);
                case 4 -> Arrays.copyOf(result, from);
                default -> {
                    byte[] piece = Arrays.copyOfRange(result, from, to);
                    int at = random.nextInt(result.length);
                    yield join(join(result, 0, at, piece, 0, piece.length), result, at);
                }
            };
        }
        return result;
    }

    private static byte[] set(byte[] octets, int at, byte value) {
        octets[at] = value;
        return octets;
    }

    private static byte[] join(byte[] a, byte[] b, int from) {
        return join(a, 0, a.length, b, from, b.length);
    }

    private static byte[] join(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(a, aFrom, aTo), aTo - aFrom + bTo - bFrom);
        System.arraycopy(b, bFrom, joined, aTo - aFrom, bTo - bFrom);
        return joined;
    }
}
