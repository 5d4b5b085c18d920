package org.moxmail.imap.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.UidSet;

/** A consistent view of an account. Valid during the work that it was given to. */
public interface ReadView {
    /** The highest mod-sequence of the account at this snapshot; at least 1. */
    long highestModSeq();

    /** Octets of messages that the account's quota still has room for. A hint: a write may find less. */
    default long available() throws IOException {
        return Long.MAX_VALUE;
    }

    Optional<MailboxInfo> mailbox(MailboxName name) throws IOException;

    /** A mailbox by its id, as long as it exists. */
    Optional<MailboxInfo> mailbox(long mailboxId) throws IOException;

    /** All mailboxes, sorted by name. */
    List<MailboxInfo> mailboxes() throws IOException;

    /** Subscribed names, whether or not there is such a mailbox. */
    Set<MailboxName> subscriptions() throws IOException;

    /** The UIDs of a mailbox's messages. */
    UidSet uids(long mailboxId) throws IOException;

    /** The smallest UID without {@code \Seen}, or 0. */
    long firstUnseen(long mailboxId) throws IOException;

    /**
     * Visits the messages of {@code uids} that exist and have a mod-sequence above {@code changedSince} (0 for all), in
     * ascending UID order, until the visitor has seen enough.
     */
    void messages(long mailboxId, UidSet uids, long changedSince, RowVisitor visitor) throws IOException;

    /** UIDs of the mailbox that were expunged or moved away after {@code since}, as far as history reaches. */
    UidSet expungedSince(long mailboxId, long since) throws IOException;

    /**
     * Visits messages of {@code uids} that were expunged or moved away and whose octets this session may still read,
     * because a cursor of it hasn't acknowledged the removal: as they were last, in ascending UID order, until the visitor
     * has seen enough. The client doesn't know yet that they are gone and may still fetch them (RFC 2180 §4.1.2).
     */
    void removed(long mailboxId, UidSet uids, RowVisitor visitor) throws IOException;

    /** Sees one row after the other. */
    interface RowVisitor {
        /** Returns false to end the visit. */
        boolean visit(MessageRow row) throws IOException;
    }
}
