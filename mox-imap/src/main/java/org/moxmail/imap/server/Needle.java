package org.moxmail.imap.server;

import java.util.Arrays;

/**
 * Text to be found in a stream of code points without regard to case. Fed one by one, so that text of any length is
 * searched in the memory of the needle, and a match across two chunks isn't missed (the automaton of Knuth, Morris and
 * Pratt). Octets are searched directly where they stand for characters of ASCII, with the skips of Horspool.
 */
final class Needle {
    /** Of a needle that is looked for in octets. */
    static final int MOST_OCTETS = 127;

    private final int[] wanted;
    /** fallback[i]: the longest proper prefix of the first i + 1 points that is also their suffix. */
    private final int[] fallback;

    /** The needle as octets of ASCII; empty when it isn't ASCII or too long. */
    private final byte[] octets;
    /** How far to move on when an octet is the last of those looked at. */
    private final byte[] skips;

    private final boolean foldedInto;
    /** All of it in the octets of {@link FoldedText}. */
    private final byte[] folded;

    private int matched;
    private boolean found;

    Needle(String text) {
        wanted = text.codePoints().map(Needle::fold).toArray();
        fallback = new int[wanted.length];
        int length = 0;
        for (int i = 1; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = fallback[length - 1];
            }
            if (wanted[i] == wanted[length]) {
                length++;
            }
            fallback[i] = length;
        }
        found = wanted.length == 0;
        octets = asciiOctets(wanted);
        skips = skips(octets);
        foldedInto = foldedInto(octets);
        folded = FoldedText.of(text);
    }

    private static byte[] asciiOctets(int[] wanted) {
        if (wanted.length > MOST_OCTETS) {
            return new byte[0];
        }
        byte[] octets = new byte[wanted.length];
        for (int i = 0; i < octets.length; i++) {
            if (wanted[i] >= 128) {
                return new byte[0];
            }
            octets[i] = (byte) wanted[i];
        }
        return octets;
    }

    private static byte[] skips(byte[] octets) {
        byte[] skips = new byte[256];
        if (octets.length > 0) {
            Arrays.fill(skips, (byte) octets.length);
            for (int i = 0; i < octets.length - 1; i++) {
                byte skip = (byte) (octets.length - 1 - i);
                skips[octets[i]] = skip;
                skips[Character.toUpperCase(octets[i])] = skip;
            }
        }
        return skips;
    }

    /** Whether it has letters to which others than those of ASCII are folded: U+0130, U+0131, U+017F and U+212A. */
    private static boolean foldedInto(byte[] octets) {
        for (byte octet : octets) {
            if (octet == 'i' || octet == 's' || octet == 'k') {
                return true;
            }
        }
        return false;
    }

    /** The code point that stands for all that differ from it in case only. */
    static int fold(int point) {
        if (point < 128) {
            return point >= 'A' && point <= 'Z' ? point + 32 : point;
        }
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    /** Forgets everything, matches included. */
    void reset() {
        matched = 0;
        found = wanted.length == 0;
    }

    /** The text that was fed has ended; what comes next isn't its continuation. */
    void interrupt() {
        matched = 0;
    }

    boolean found() {
        return found;
    }

    /** Takes the next code point, already folded. */
    void feed(int folded) {
        if (found) {
            return;
        }
        while (matched > 0 && wanted[matched] != folded) {
            matched = fallback[matched - 1];
        }
        if (wanted[matched] == folded) {
            matched++;
            found = matched == wanted.length;
        }
    }

    /** Whether {@link #lookIn} can find it. */
    boolean isOctets() {
        return octets.length > 0;
    }

    /** Whether it is too long for {@link #lookIn}, whatever it consists of. */
    boolean isLong() {
        return wanted.length > MOST_OCTETS;
    }

    /** Whether something outside of ASCII may be equal to a part of it. */
    boolean hasFoldedInto() {
        return foldedInto;
    }

    /** Looks for it in octets, some of which stand for characters of ASCII and the others for nothing that is in it. */
    void lookIn(byte[] text, int from, int to) {
        int last = octets.length - 1;
        int at = from + last;
        while (at < to) {
            int octet = text[at] & 0xff;
            if (lower(octet) == octets[last] && endsAt(text, at)) {
                found = true;
                return;
            }
            at += skips[octet];
        }
    }

    private boolean endsAt(byte[] text, int end) {
        int start = end - octets.length + 1;
        for (int i = 0; i < octets.length; i++) {
            if (lower(text[start + i]) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    /** Whether it is somewhere in what {@link FoldedText} made of a text. */
    boolean inFolded(byte[] text) {
        if (folded.length == 0) {
            return true;
        }
        byte first = folded[0];
        for (int at = 0; at <= text.length - folded.length; at++) {
            if (text[at] == first && Arrays.equals(text, at, at + folded.length, folded, 0, folded.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is somewhere in {@code text}. */
    boolean in(String text) {
        reset();
        for (int i = 0; i < text.length() && !found; ) {
            int point = text.codePointAt(i);
            feed(fold(point));
            i += Character.charCount(point);
        }
        return found;
    }
}
