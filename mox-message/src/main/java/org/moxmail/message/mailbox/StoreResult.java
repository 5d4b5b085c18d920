package org.moxmail.message.mailbox;

import java.util.List;

/**
 * What a flag edit did.
 *
 * @param modSeq of the messages that changed; the account's highest when none did
 * @param changed those whose flags are different now
 * @param unchanged those in the set that had the flags already
 * @param conflicts those left alone because their mod-sequence was above the guard, RFC 7162 §3.1.3
 */
public record StoreResult(long modSeq, List<Change.Entry> changed, UidSet unchanged, UidSet conflicts) {
    public StoreResult {
        changed = List.copyOf(changed);
    }
}
