package org.moxmail.message.mailbox;

import java.util.List;
import java.util.Set;

/**
 * A mailbox as it stands in one snapshot.
 *
 * @param id of the account, never used again
 * @param name its full name
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext the UID that the next message will at least have
 * @param highestModSeq of the mailbox, its messages and their expunges; RFC 7162 §3.1.2
 * @param uses what it is for
 * @param keywords that its messages have or had: lower-case, sorted
 * @param messages all of them, deleted ones included
 * @param unseen those without {@code \Seen}, deleted ones included
 * @param deleted those with {@code \Deleted}
 * @param sizeBytes the sum of the messages' sizes
 * @param deletedSizeBytes the sum of the sizes of those with {@code \Deleted}
 */
public record MailboxInfo(
        long id,
        MailboxName name,
        long uidValidity,
        long uidNext,
        long highestModSeq,
        Set<SpecialUse> uses,
        List<String> keywords,
        long messages,
        long unseen,
        long deleted,
        long sizeBytes,
        long deletedSizeBytes) {
    public MailboxInfo {
        uses = Set.copyOf(uses);
        keywords = List.copyOf(keywords);
    }
}
