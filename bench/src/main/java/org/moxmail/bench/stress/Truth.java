package org.moxmail.bench.stress;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all clients together know of the mailboxes, and what can't change any more. For any threads. */
final class Truth {
    /** A message for good, RFC 9051 §2.3.1.1. */
    record Place(String mailbox, long uidValidity, long uid) {}

    private record Version(Place place, long modSeq) {}

    private final Map<Place, String> contents = new ConcurrentHashMap<>();
    private final Map<Version, Set<String>> flags = new ConcurrentHashMap<>();

    /** A message was seen with, or must have, these octets. */
    void content(Place place, String content) {
        String known = contents.putIfAbsent(place, content);
        Violation.check(known == null || known.equals(content), "a message with two contents:", place, known, content);
    }

    /** Messages were copied or moved. */
    void same(Place from, Place to) {
        String content = contents.get(from);
        if (content != null) {
            content(to, content);
        }
        content = contents.get(to);
        if (content != null) {
            content(from, content);
        }
    }

    /** RFC 7162 §3.1: flags don't change without the mod-sequence. */
    void flags(Place place, long modSeq, Set<String> words) {
        Set<String> known = flags.putIfAbsent(new Version(place, modSeq), words);
        Violation.check(
                known == null || known.equals(words),
                "flags changed, the mod-sequence didn't:",
                place,
                modSeq,
                known,
                words);
    }
}
