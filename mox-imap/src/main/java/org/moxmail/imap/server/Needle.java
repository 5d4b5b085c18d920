package org.moxmail.imap.server;

/**
 * Text to be found in a stream of code points without regard to case. Fed one by one, so that text of any length is
 * searched in the memory of the needle, and a match across two chunks isn't missed (the automaton of Knuth, Morris and
 * Pratt).
 */
final class Needle {
    private final int[] wanted;
    /** fallback[i]: the longest proper prefix of the first i + 1 points that is also their suffix. */
    private final int[] fallback;

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
