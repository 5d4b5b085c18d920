package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.UidSet;

/** COPY, MOVE (RFC 6851) and EXPUNGE. What leaves the mailbox is told with the rest of the news, before the tagged answer. */
final class CopyHandler {
    private static final Answer NO_MATCH = Answer.no("no such message");
    private static final Answer READ_ONLY = Answer.no("the mailbox is selected for reading only");

    private final Session session;
    private final SelectedMailbox mailbox;

    CopyHandler(Session session, SelectedMailbox mailbox) {
        this.session = session;
        this.mailbox = mailbox;
    }

    Answer copy(ImapCommand.Copy copy) throws IOException {
        return transfer(copy.uid(), copy.set(), copy.mailbox(), false);
    }

    Answer move(ImapCommand.Move move) throws IOException {
        return transfer(move.uid(), move.set(), move.mailbox(), true);
    }

    private Answer transfer(boolean uid, SequenceSet set, String target, boolean move) throws IOException {
        UidSet uids = uid ? mailbox.resolveUids(set) : mailbox.resolveNumbers(set);
        if (uids == null) {
            return Answer.bad("no such message number");
        }
        if (move && mailbox.readOnly()) {
            return READ_ONLY;
        }
        MailboxName name;
        try {
            name = MailboxName.parse(target);
        } catch (SyntaxException e) {
            return Answer.no(ResponseCode.Word.CANNOT, e.expected());
        }
        if (uids.isEmpty()) {
            return NO_MATCH;
        }
        Outcome<CopyResult> outcome = session.mail().write(view -> write(view, uids, name, move));
        return switch (outcome) {
            case Outcome.Refused<CopyResult> refused -> Answer.refusedTarget(refused.refusal());
            case Outcome.Done<CopyResult> done -> tell(done.value(), move);
        };
    }

    private Outcome<CopyResult> write(WriteView view, UidSet uids, MailboxName name, boolean move) throws IOException {
        Optional<MailboxInfo> target = view.mailbox(name);
        if (target.isEmpty()) {
            return Outcome.refused(Refusal.NONEXISTENT);
        }
        if (target.get().id() == mailbox.id()) {
            return Outcome.refused(Refusal.CANNOT);
        }
        return move
                ? view.move(mailbox.id(), uids, target.get().id())
                : view.copy(mailbox.id(), uids, target.get().id());
    }

    private Answer tell(CopyResult result, boolean move) throws IOException {
        if (result.source().isEmpty()) {
            // All of them are gone, which the client hasn't been told.
            return Answer.no(ResponseCode.Word.EXPUNGEISSUED, "no such message any more");
        }
        ResponseCode code = new ResponseCode.CopyUid(
                result.uidValidity(), SequenceSet.of(result.source()), SequenceSet.of(result.target()));
        if (!move) {
            return Answer.ok(code, "copied");
        }
        // RFC 6851 §4.3: before the EXPUNGEs, so that the client can tell what became of the messages.
        session.out().condition(Status.OK, code, "moved");
        return Answer.ok("moved");
    }

    Answer expunge() throws IOException {
        return expunge(mailbox.uids());
    }

    /** RFC 4315 §2.1. */
    Answer expunge(SequenceSet set) throws IOException {
        return expunge(mailbox.resolveUids(set));
    }

    private Answer expunge(UidSet uids) throws IOException {
        if (mailbox.readOnly()) {
            return READ_ONLY;
        }
        Outcome<Long> outcome = session.mail().write(view -> expunge(view, uids));
        return switch (outcome) {
            case Outcome.Refused<Long> refused -> Answer.refused(refused.refusal());
            case Outcome.Done<Long> done -> Answer.ok(highest(done.value()), "expunged");
        };
    }

    private @Nullable ResponseCode highest(long modSeq) {
        return session.condstore() ? new ResponseCode.HighestModSeq(modSeq) : null;
    }

    /** Expunges; yields the mailbox's highest mod-sequence afterwards. */
    private Outcome<Long> expunge(WriteView view, UidSet uids) throws IOException {
        if (view.expunge(mailbox.id(), uids) instanceof Outcome.Refused<UidSet> refused) {
            return Outcome.refused(refused.refusal());
        }
        Optional<MailboxInfo> info = view.mailbox(mailbox.id());
        return info.isPresent() ? Outcome.done(info.get().highestModSeq()) : Outcome.refused(Refusal.NONEXISTENT);
    }
}
