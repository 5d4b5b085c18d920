package org.moxmail.imap.server;

import java.util.Arrays;

/**
 * Text in which case makes no difference, as octets: UTF-8 of its folded code points, so that one text is in another exactly
 * when its octets are in the other's. Surrogates that have no partner, which stand for octets that weren't UTF-8, are octets
 * like other code points here.
 */
final class FoldedText {
    private byte[] octets;
    private int length;

    private FoldedText(int most) {
        octets = new byte[most];
    }

    static byte[] of(String text) {
        FoldedText folded = new FoldedText(text.length() + 8);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            folded.add(Needle.fold(point));
            i += Character.charCount(point);
        }
        return Arrays.copyOf(folded.octets, folded.length);
    }

    private void add(int point) {
        if (octets.length - length < 4) {
            octets = Arrays.copyOf(octets, 2 * octets.length);
        }
        if (point < 0x80) {
            octets[length++] = (byte) point;
        } else if (point < 0x800) {
            octets[length++] = (byte) (0xc0 | point >> 6);
            tail(point);
        } else if (point < 0x10000) {
            octets[length++] = (byte) (0xe0 | point >> 12);
            tail(point >> 6);
            tail(point);
        } else {
            octets[length++] = (byte) (0xf0 | point >> 18);
            tail(point >> 12);
            tail(point >> 6);
            tail(point);
        }
    }

    private void tail(int bits) {
        octets[length++] = (byte) (0x80 | bits & 0x3f);
    }
}
