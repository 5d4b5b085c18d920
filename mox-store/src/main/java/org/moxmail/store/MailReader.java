package org.moxmail.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageRow;
import org.moxmail.message.mailbox.UidSet;

/**
 * A consistent view of an account. For the thread that it was given to, until its work returns. A mailbox id that
 * doesn't exist (any more) is an empty mailbox.
 */
public class MailReader {
    MailReader() {}

    /** The highest mod-sequence of the account at this snapshot; at least 1. */
    public long highestModSeq() {
        throw new UnsupportedOperationException();
    }

    /** A mailbox by name. */
    public Optional<MailboxInfo> mailbox(MailboxName name) {
        throw new UnsupportedOperationException();
    }

    /** A mailbox by its id, as long as it exists. */
    public Optional<MailboxInfo> mailbox(long mailboxId) {
        throw new UnsupportedOperationException();
    }

    /** All mailboxes, sorted by name. */
    public List<MailboxInfo> mailboxes() {
        throw new UnsupportedOperationException();
    }

    /** Subscribed names, whether or not there is such a mailbox. */
    public Set<MailboxName> subscriptions() {
        throw new UnsupportedOperationException();
    }

    /** The UIDs of a mailbox's messages. Reads about one row per 4,096 UIDs. */
    public UidSet uids(long mailboxId) {
        throw new UnsupportedOperationException();
    }

    /** The UIDs of those without {@code \Seen}. */
    public UidSet unseen(long mailboxId) {
        throw new UnsupportedOperationException();
    }

    /** The UIDs of those with {@code \Deleted}. */
    public UidSet deleted(long mailboxId) {
        throw new UnsupportedOperationException();
    }

    /** The smallest UID without {@code \Seen}, or 0. Reads one row. */
    public long firstUnseen(long mailboxId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Visits the messages of {@code uids} that exist and have a mod-sequence above {@code changedSince} (0 for all), in
     * ascending UID order, until the visitor has seen enough. A row is valid during its visit.
     */
    public void messages(long mailboxId, UidSet uids, long changedSince, RowVisitor visitor) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** UIDs of the mailbox that were expunged or moved away after {@code since}. History is kept from the beginning. */
    public UidSet expungedSince(long mailboxId, long since) {
        throw new UnsupportedOperationException();
    }

    /** A message by its id, until it is expunged. */
    public Optional<StoredMessage> message(long messageId) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** What is used and allowed. */
    public QuotaUse quota() {
        throw new UnsupportedOperationException();
    }

    /** The account's secret of a kind. */
    public Optional<Secret> secret(SecretKind kind) {
        throw new UnsupportedOperationException();
    }

    /** Sees one row after the other. */
    @FunctionalInterface
    public interface RowVisitor {
        /** Returns false to end the visit. */
        boolean visit(MessageRow row) throws IOException;
    }
}
