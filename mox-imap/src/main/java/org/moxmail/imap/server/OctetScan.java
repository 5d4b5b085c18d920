package org.moxmail.imap.server;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.moxmail.message.Charsets;

/**
 * Looks for needles in octets without decoding them to characters, where the charset has ASCII in its octets and nothing
 * else: nearly all mail, and nearly all searches. What it can't decide is decoded.
 */
final class OctetScan {
    /**
     * Charsets whose octets below 128 are ASCII and nothing else, and in which, UTF-8 apart, nothing is folded into ASCII.
     */
    private static final Set<Charset> PLAIN = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            Charsets.find("windows-1252").orElse(StandardCharsets.ISO_8859_1));

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH = 0x8080_8080_8080_8080L;

    private final byte[] buffer = new byte[16 * 1024];
    private boolean high;
    private boolean folded;

    /** Whether octets in a charset can be scanned. */
    static boolean canScan(Charset charset) {
        return PLAIN.contains(charset);
    }

    /**
     * Looks for those needles that aren't found yet.
     *
     * @return false when there may be more in the octets than could be found in them
     */
    boolean scan(InputStream in, List<Needle> needles) throws IOException {
        high = false;
        folded = false;
        int kept = 0;
        for (int count = in.read(buffer); count > 0; count = in.read(buffer, kept, buffer.length - kept)) {
            int end = kept + count;
            note(buffer, kept, end);
            if (lookIn(needles, buffer, end)) {
                return true;
            }
            kept = Math.min(end, Needle.MOST_OCTETS - 1);
            System.arraycopy(buffer, end - kept, buffer, 0, kept);
        }
        return decided(needles);
    }

    /** The same in an array. */
    boolean scan(byte[] octets, List<Needle> needles) {
        high = false;
        folded = false;
        note(octets, 0, octets.length);
        return lookIn(needles, octets, octets.length) || decided(needles);
    }

    /** True when all are found. */
    private static boolean lookIn(List<Needle> needles, byte[] octets, int end) {
        boolean all = true;
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            if (!needle.found() && needle.isOctets()) {
                needle.lookIn(octets, 0, end);
            }
            all &= needle.found();
        }
        return all;
    }

    private boolean decided(List<Needle> needles) {
        for (int i = 0; i < needles.size(); i++) {
            Needle needle = needles.get(i);
            boolean more = needle.isOctets() ? needle.hasFoldedInto() && folded : needle.isLong() || high;
            if (more && !needle.found()) {
                return false;
            }
        }
        return true;
    }

    /** Notes whether there is something outside of ASCII, and something that may be folded into it. */
    private void note(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at >= 8 && ((long) EIGHT.get(octets, at) & HIGH) == 0) {
                at += 8;
                continue;
            }
            int stop = Math.min(at + 8, to);
            for (; at < stop; at++) {
                int octet = octets[at] & 0xff;
                high |= octet >= 0x80;
                // The first octets in UTF-8 of U+0130, U+0131, U+017F and U+212A.
                folded |= octet == 0xc4 || octet == 0xc5 || octet == 0xe2;
            }
        }
    }
}
