package org.moxmail.message.mailbox;

import java.util.List;

/**
 * The changes of one committed write, in the order in which they were made. Commits are told in commit order.
 *
 * @param modSeq of every change in it, RFC 7162; the account's highest when nothing in it carries one
 * @param origin the listener whose session wrote it, or 0
 * @param changes never empty
 */
public record Commit(long modSeq, long origin, List<Change> changes) {
    public Commit {
        changes = List.copyOf(changes);
    }
}
