package org.moxmail.imap;

import org.jspecify.annotations.Nullable;

/**
 * What the client knows of a mailbox, RFC 7162 §3.2.5.
 *
 * @param uidValidity as it knows it
 * @param modSeq the highest it has seen, at least 1
 * @param knownUids the UIDs it knows, without {@code *} and {@code $}, or null for all up to the last
 * @param matchNumbers message numbers of which it knows the UIDs, without {@code *} and {@code $}, or null
 * @param matchUids their UIDs; null exactly when matchNumbers is
 */
public record QresyncParameter(
        long uidValidity,
        long modSeq,
        @Nullable SequenceSet knownUids,
        @Nullable SequenceSet matchNumbers,
        @Nullable SequenceSet matchUids) {
    public QresyncParameter {
        Grammar.nzNumber(uidValidity);
        if (modSeq < 1) {
            throw new IllegalArgumentException("mod-sequence " + modSeq);
        }
        known(knownUids);
        known(matchNumbers);
        known(matchUids);
        if ((matchNumbers == null) != (matchUids == null)) {
            throw new IllegalArgumentException("half of the sequence match data");
        }
    }

    private static void known(@Nullable SequenceSet set) {
        if (set != null && (set.isSaved() || set.hasStar())) {
            throw new IllegalArgumentException("a set of known numbers with * or $");
        }
    }
}
