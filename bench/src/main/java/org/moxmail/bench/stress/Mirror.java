package org.moxmail.bench.stress;

import static org.moxmail.bench.stress.Violation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchValue;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.SectionSpec;

/** A selected mailbox as one client was told of it. */
final class Mirror {
    private static final long UNKNOWN = 0;

    final String name;
    final boolean readOnly;
    private final Truth truth;
    private final List<Long> uids = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();
    private final Map<Long, Set<String>> flags = new HashMap<>();
    private final Map<Long, Long> modSeqs = new HashMap<>();
    private long uidValidity;
    private boolean told;

    Mirror(String name, boolean readOnly, Truth truth) {
        this.name = name;
        this.readOnly = readOnly;
        this.truth = truth;
    }

    int size() {
        return uids.size();
    }

    /** The UID of a message number, or 0. */
    long uid(int number) {
        return uids.get(number - 1);
    }

    long uidValidity() {
        return uidValidity;
    }

    void uidValidity(long value) {
        check(value > 0, "no UIDVALIDITY");
        uidValidity = value;
    }

    void uidNext(long value) {
        for (long uid : uids) {
            check(uid < value, "a UID above UIDNEXT:", uid, value);
        }
    }

    Truth.Place place(long uid) {
        return new Truth.Place(name, uidValidity, uid);
    }

    /** RFC 9051 §7.4.1: the number grows only, but for EXPUNGE. */
    void exists(long count) {
        check(!told || count >= uids.size(), "EXISTS", count, "after", uids.size());
        told = true;
        while (uids.size() < count) {
            uids.add(UNKNOWN);
        }
    }

    void expunge(long number) {
        check(number >= 1 && number <= uids.size(), "EXPUNGE", number, "of", uids.size());
        long uid = uids.remove((int) number - 1);
        if (uid != UNKNOWN) {
            gone.add(uid);
            flags.remove(uid);
            modSeqs.remove(uid);
        }
    }

    /** @return the message's UID, or 0 when it isn't known */
    long fetch(ImapResponse.Fetch fetch) {
        long number = fetch.number();
        check(number >= 1 && number <= uids.size(), "FETCH of", number, "of", uids.size());
        long uid = uids.get((int) number - 1);
        for (FetchValue value : fetch.values()) {
            if (value instanceof FetchValue.Uid given) {
                check(uid == UNKNOWN || uid == given.uid(), "message", number, "had UID", uid, "has", given.uid());
                uid = given.uid();
                learn((int) number, uid);
            }
        }
        if (uid != UNKNOWN) {
            values(uid, fetch.values());
        }
        return uid;
    }

    private void learn(int number, long uid) {
        check(!gone.contains(uid), "an expunged UID came again:", uid);
        for (int i = number - 1; i >= 1; i--) {
            if (uid(i) != UNKNOWN) {
                check(uid(i) < uid, "UIDs don't ascend:", uid(i), uid);
                break;
            }
        }
        for (int i = number + 1; i <= uids.size(); i++) {
            if (uid(i) != UNKNOWN) {
                check(uid(i) > uid, "UIDs don't ascend:", uid, uid(i));
                break;
            }
        }
        uids.set(number - 1, uid);
    }

    private void values(long uid, List<FetchValue> values) {
        Set<String> words = null;
        long modSeq = -1;
        for (FetchValue value : values) {
            switch (value) {
                case FetchValue.FlagWords given -> words = new TreeSet<>(given.words());
                case FetchValue.ModSeq given -> modSeq = given.modSeq();
                case FetchValue.Section section -> content(uid, section);
                default -> {
                    // Nothing that is checked.
                }
            }
        }
        if (words != null) {
            words.remove("\\Recent");
            flags.put(uid, words);
        }
        if (modSeq >= 0) {
            long before = modSeqs.getOrDefault(uid, 0L);
            check(modSeq >= before, "the mod-sequence of UID", uid, "fell from", before, "to", modSeq);
            modSeqs.put(uid, modSeq);
            if (words != null) {
                truth.flags(place(uid), modSeq, words);
            }
        }
    }

    private void content(long uid, FetchValue.Section section) {
        var octets = section.octets();
        if (section.spec().equals(SectionSpec.MESSAGE) && section.offset() < 0 && octets != null) {
            truth.content(place(uid), octets.text());
        }
    }

    /** A STORE succeeded that the server won't tell of. */
    void silent(long uid, Edit edit) {
        Set<String> before = flags.get(uid);
        if (before != null) {
            flags.put(uid, edit.apply(before));
        }
    }

    /** What flags it has isn't known any more. */
    void forget(long uid) {
        flags.remove(uid);
    }

    /** A message that isn't known by its UID or flags; 0 when all are. */
    int unknown() {
        for (int i = 1; i <= uids.size(); i++) {
            if (uid(i) == UNKNOWN || !flags.containsKey(uid(i))) {
                return i;
            }
        }
        return 0;
    }

    /** All messages by UID, with their flags. */
    Map<Long, Set<String>> messages() {
        Map<Long, Set<String>> all = new TreeMap<>();
        for (long uid : uids) {
            @Nullable Set<String> words = flags.get(uid);
            all.put(uid, words == null ? Set.of() : words);
        }
        check(all.size() == uids.size(), "a UID twice:", uids);
        return all;
    }
}
