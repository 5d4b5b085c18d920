package org.moxmail.message.mailbox;

import java.util.List;
import java.util.Set;

/** Something that happened to an account, as told to those who listen. Always comes in a {@link Commit}. */
public sealed interface Change {
    /** Messages came into a mailbox, in ascending UID order. */
    record Added(long mailboxId, List<Entry> messages) implements Change {
        public Added {
            messages = List.copyOf(messages);
        }
    }

    /** The flags of messages changed, in ascending UID order. */
    record FlagsChanged(long mailboxId, List<Entry> messages) implements Change {
        public FlagsChanged {
            messages = List.copyOf(messages);
        }
    }

    /** A message and its flags after the change. */
    record Entry(long uid, Flags flags) {}

    /** Messages left a mailbox, expunged or moved away. */
    record Removed(long mailboxId, UidSet uids) implements Change {}

    record MailboxCreated(MailboxInfo mailbox) implements Change {}

    record MailboxDeleted(long mailboxId, MailboxName name) implements Change {}

    record MailboxRenamed(long mailboxId, MailboxName from, MailboxName to) implements Change {}

    record SpecialUseChanged(long mailboxId, MailboxName name, Set<SpecialUse> uses) implements Change {
        public SpecialUseChanged {
            uses = Set.copyOf(uses);
        }
    }

    /** The mailbox has keywords that it didn't have before; all of its keywords are given. */
    record KeywordsAdded(long mailboxId, List<String> keywords) implements Change {
        public KeywordsAdded {
            keywords = List.copyOf(keywords);
        }
    }

    record Subscribed(MailboxName name) implements Change {}

    record Unsubscribed(MailboxName name) implements Change {}

    /** The listener was too slow and changes were dropped: what it knows must be read afresh. */
    record Overflow() implements Change {}
}
