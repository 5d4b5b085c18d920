package org.moxmail.imap;

import org.jspecify.annotations.Nullable;

/**
 * What ESEARCH tells, RFC 9051 §7.3.4. Numbers that didn't come are negative.
 *
 * @param tag of the command, or null
 * @param uid the numbers are UIDs
 * @param min the lowest
 * @param max the highest
 * @param count how many
 * @param all all of them, or null when it wasn't asked for or there are none
 * @param modSeq the highest mod-sequence among what is returned, RFC 7162 §3.1.10
 */
public record EsearchResult(
        @Nullable Tag tag,
        boolean uid,
        long min,
        long max,
        long count,
        @Nullable SequenceSet all,
        long modSeq) {
    public EsearchResult {
        min = Math.max(-1, min);
        max = Math.max(-1, max);
        count = Math.max(-1, count);
        modSeq = Math.max(-1, modSeq);
        if (min == 0 || max == 0) {
            throw new IllegalArgumentException("message number 0");
        }
        if (all != null && (all.isSaved() || all.hasStar())) {
            throw new IllegalArgumentException("* or $ in a search result");
        }
    }
}
