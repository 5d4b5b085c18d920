package org.moxmail.imap.server;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.StatusItem;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

/** STATUS, also as LIST's return option. */
final class StatusHandler {
    private final Session session;

    StatusHandler(Session session) {
        this.session = session;
    }

    Answer status(ImapCommand.Status status) throws IOException {
        MailboxName name;
        try {
            name = MailboxName.parse(status.mailbox());
        } catch (SyntaxException e) {
            return Answer.no(ResponseCode.Word.CANNOT, e.expected());
        }
        Optional<MailboxInfo> found = session.mail().read(view -> view.mailbox(name));
        if (found.isEmpty()) {
            return Answer.no(ResponseCode.Word.NONEXISTENT, "no such mailbox");
        }
        tell(found.get(), status.items());
        return Answer.ok("done");
    }

    /** Writes what is asked of a mailbox. */
    void tell(MailboxInfo mailbox, List<StatusItem> items) throws IOException {
        Map<StatusItem, Long> numbers = new EnumMap<>(StatusItem.class);
        @Nullable String id = null;
        for (StatusItem item : items) {
            switch (item) {
                case MESSAGES -> numbers.put(item, mailbox.messages());
                case UIDNEXT -> numbers.put(item, Math.min(mailbox.uidNext(), UidSet.MAX));
                case UIDVALIDITY -> numbers.put(item, mailbox.uidValidity());
                case UNSEEN -> numbers.put(item, mailbox.unseen());
                case DELETED -> numbers.put(item, mailbox.deleted());
                case SIZE -> numbers.put(item, mailbox.sizeBytes());
                // Nothing has \Recent here, which RFC 9051 has no longer.
                case RECENT -> numbers.put(item, 0L);
                case APPENDLIMIT -> {
                    long limit = session.mail().appendLimit();
                    numbers.put(item, limit == Long.MAX_VALUE ? -1 : limit);
                }
                case HIGHESTMODSEQ -> {
                    // RFC 7162 §3.1: asking for it enables CONDSTORE.
                    session.enableCondstore();
                    numbers.put(item, mailbox.highestModSeq());
                }
                case DELETED_STORAGE -> numbers.put(item, mailbox.deletedSizeBytes());
                case MAILBOXID -> id = ObjectIds.mailbox(mailbox.id());
            }
        }
        session.out().write(new ImapResponse.MailboxStatus(mailbox.name().toString(), numbers, id));
    }
}
