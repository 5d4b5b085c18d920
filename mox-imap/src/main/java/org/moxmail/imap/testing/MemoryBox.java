package org.moxmail.imap.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.SpecialUse;
import org.moxmail.message.mailbox.UidSet;

/** A mailbox. Changed only by the write that made or copied it; afterwards as good as immutable. */
final class MemoryBox {
    final long id;
    private MailboxName name;
    private long uidValidity;
    private long uidNext = 1;
    private long highestModSeq;
    private final Set<SpecialUse> uses;
    private final TreeSet<String> keywords;
    private final TreeMap<Long, MemoryMessage> messages;
    /** UID to the mod-sequence of its expunge. */
    private final TreeMap<Long, Long> expunged;

    private long unseen;
    private long deleted;
    private long size;
    private long deletedSize;

    MemoryBox(long id, MailboxName name, long uidValidity, long modSeq, Set<SpecialUse> uses) {
        this.id = id;
        this.name = name;
        this.uidValidity = uidValidity;
        highestModSeq = modSeq;
        this.uses = uses.isEmpty() ? EnumSet.noneOf(SpecialUse.class) : EnumSet.copyOf(uses);
        keywords = new TreeSet<>();
        messages = new TreeMap<>();
        expunged = new TreeMap<>();
    }

    MemoryBox(MemoryBox from) {
        id = from.id;
        name = from.name;
        uidValidity = from.uidValidity;
        uidNext = from.uidNext;
        highestModSeq = from.highestModSeq;
        uses = EnumSet.copyOf(from.uses);
        keywords = new TreeSet<>(from.keywords);
        messages = new TreeMap<>(from.messages);
        expunged = new TreeMap<>(from.expunged);
        unseen = from.unseen;
        deleted = from.deleted;
        size = from.size;
        deletedSize = from.deletedSize;
    }

    MailboxName name() {
        return name;
    }

    Set<SpecialUse> uses() {
        return uses;
    }

    long uidNext() {
        return uidNext;
    }

    long size() {
        return size;
    }

    NavigableMap<Long, MemoryMessage> messages() {
        return messages;
    }

    @Nullable
    MemoryMessage message(long uid) {
        return messages.get(uid);
    }

    MailboxInfo info() {
        return new MailboxInfo(
                id,
                name,
                uidValidity,
                uidNext,
                highestModSeq,
                uses,
                new ArrayList<>(keywords),
                messages.size(),
                unseen,
                deleted,
                size,
                deletedSize);
    }

    UidSet uids() {
        UidSet.Builder builder = new UidSet.Builder();
        messages.keySet().forEach(builder::add);
        return builder.build();
    }

    UidSet expungedSince(long since) {
        UidSet.Builder builder = new UidSet.Builder();
        expunged.forEach((uid, modSeq) -> {
            if (modSeq > since) {
                builder.add(uid);
            }
        });
        return builder.build();
    }

    long firstUnseen() {
        for (MemoryMessage message : messages.values()) {
            if (!message.flags().has(Flags.SEEN)) {
                return message.uid();
            }
        }
        return 0;
    }

    void touch(long modSeq) {
        highestModSeq = modSeq;
    }

    void rename(MailboxName to, long newUidValidity, long modSeq) {
        name = to;
        uidValidity = newUidValidity;
        touch(modSeq);
    }

    long uidValidity() {
        return uidValidity;
    }

    /** The UID that was given. */
    long takeUid() {
        return uidNext++;
    }

    void put(MemoryMessage message) {
        MemoryMessage before = messages.put(message.uid(), message);
        if (before != null) {
            count(before, -1);
        }
        count(message, 1);
        touch(message.modSeq());
    }

    void remove(MemoryMessage message, long modSeq) {
        messages.remove(message.uid());
        count(message, -1);
        expunged.put(message.uid(), modSeq);
        touch(modSeq);
    }

    /** Whether some of {@code words} are new. */
    boolean addKeywords(Collection<String> words) {
        return keywords.addAll(words);
    }

    Collection<String> keywords() {
        return keywords;
    }

    private void count(MemoryMessage message, int sign) {
        size += sign * message.sizeBytes();
        if (!message.flags().has(Flags.SEEN)) {
            unseen += sign;
        }
        if (message.flags().has(Flags.DELETED)) {
            deleted += sign;
            deletedSize += sign * message.sizeBytes();
        }
    }
}
