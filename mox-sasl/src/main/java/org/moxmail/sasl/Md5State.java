package org.moxmail.sasl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * MD5 (RFC 1321) after a whole number of 64-octet blocks. The JDK's MD5 doesn't give its intermediate state away, and
 * CRAM-MD5 needs to keep it. Not thread-safe.
 */
final class Md5State {
    static final int BLOCK_OCTETS = 64;
    static final int OCTETS = 16;

    private static final int[] SHIFTS = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
    private static final int[] SINES = new int[64];

    static {
        for (int i = 0; i < 64; i++) {
            // RFC 1321 §3.4: the integer part of 4294967296 times abs(sin(i)), i in radians from 1.
            SINES[i] = (int) (long) (StrictMath.abs(StrictMath.sin(i + 1)) * 4294967296.0);
        }
    }

    private final int[] state;
    private long blocks;

    /** The state before any block. */
    Md5State() {
        this(new int[] {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}, 0);
    }

    private Md5State(int[] state, long blocks) {
        this.state = state;
        this.blocks = blocks;
    }

    /** Restores what {@link #toBytes} gave after so many blocks. */
    static Md5State of(byte[] octets, int from, long blocks) {
        int[] state = new int[4];
        ByteBuffer.wrap(octets, from, OCTETS)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(state);
        return new Md5State(state, blocks);
    }

    /** The four words, little-endian as in the final digest. */
    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(OCTETS).order(ByteOrder.LITTLE_ENDIAN);
        out.asIntBuffer().put(state);
        return out.array();
    }

    /** Absorbs one block. */
    void block(byte[] data, int from) {
        int[] words = new int[16];
        ByteBuffer.wrap(data, from, BLOCK_OCTETS)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(words);
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int i = 0; i < 64; i++) {
            int round = i / 16;
            int mix;
            int word;
            switch (round) {
                case 0 -> {
                    mix = (b & c) | (~b & d);
                    word = i;
                }
                case 1 -> {
                    mix = (d & b) | (~d & c);
                    word = (5 * i + 1) % 16;
                }
                case 2 -> {
                    mix = b ^ c ^ d;
                    word = (3 * i + 5) % 16;
                }
                default -> {
                    mix = c ^ (b | ~d);
                    word = (7 * i) % 16;
                }
            }
            int sum = a + mix + SINES[i] + words[word];
            a = d;
            d = c;
            c = b;
            b += Integer.rotateLeft(sum, SHIFTS[round * 4 + i % 4]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        blocks++;
        Arrays.fill(words, 0);
    }

    /** The digest of all blocks and {@code rest}. Ends the use of this object. */
    byte[] finish(byte[] rest) {
        int padded = (rest.length + 9 + BLOCK_OCTETS - 1) / BLOCK_OCTETS * BLOCK_OCTETS;
        byte[] last = Arrays.copyOf(rest, padded);
        last[rest.length] = (byte) 0x80;
        long bits = (blocks * BLOCK_OCTETS + rest.length) * 8;
        ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).putLong(padded - 8, bits);
        for (int at = 0; at < padded; at += BLOCK_OCTETS) {
            block(last, at);
        }
        return toBytes();
    }
}
