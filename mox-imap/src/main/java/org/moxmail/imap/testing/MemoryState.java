package org.moxmail.imap.testing;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.MailboxName;

/** An account at one moment. Changed only by the write that copied it. */
final class MemoryState {
    long modSeq;
    long nextUidValidity;
    long nextMailboxId;
    long nextMessageId;
    final TreeMap<Long, MemoryBox> boxes;
    final TreeMap<MailboxName, Long> names;
    final TreeSet<MailboxName> subscriptions;
    /** Names that some mailbox had; whoever has one of them next needs a new UIDVALIDITY. */
    final Set<MailboxName> usedNames;

    MemoryState() {
        modSeq = 1;
        nextUidValidity = 1;
        nextMailboxId = 1;
        nextMessageId = 1;
        boxes = new TreeMap<>();
        names = new TreeMap<>();
        subscriptions = new TreeSet<>();
        usedNames = new HashSet<>();
    }

    MemoryState(MemoryState from) {
        modSeq = from.modSeq;
        nextUidValidity = from.nextUidValidity;
        nextMailboxId = from.nextMailboxId;
        nextMessageId = from.nextMessageId;
        boxes = new TreeMap<>(from.boxes);
        names = new TreeMap<>(from.names);
        subscriptions = new TreeSet<>(from.subscriptions);
        usedNames = new HashSet<>(from.usedNames);
    }

    @Nullable
    MemoryBox box(MailboxName name) {
        Long id = names.get(name);
        return id == null ? null : boxes.get(id);
    }

    long size() {
        long total = 0;
        for (MemoryBox box : boxes.values()) {
            total += box.size();
        }
        return total;
    }
}
