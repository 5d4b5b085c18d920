package org.moxmail.imap.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ListEntry;
import org.moxmail.imap.ResponseCode;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

/** SELECT and EXAMINE, CLOSE and UNSELECT. */
final class SelectHandler {
    private record Opened(MailboxInfo info, UidSet uids, long firstUnseen, long snapshot) {}

    private final Session session;
    private final ImapServerLimits limits;

    SelectHandler(Session session, ImapServerLimits limits) {
        this.limits = limits;
        this.session = session;
    }

    Answer select(ImapCommand.Select select) throws IOException {
        if (select.qresync() != null) {
            return Answer.bad("QRESYNC isn't enabled");
        }
        ImapEncoder out = session.out();
        if (session.selected() != null) {
            // RFC 9051 §7.1: before anything of the new mailbox, and also when that can't be selected.
            session.deselect();
            out.condition(Status.OK, ResponseCode.Word.CLOSED, "the other mailbox is closed");
        }
        MailboxName name;
        try {
            name = MailboxName.parse(select.mailbox());
        } catch (SyntaxException e) {
            return Answer.no(ResponseCode.Word.CANNOT, e.expected());
        }
        // The cursor has been open all the time, so what is committed after this read will be in it; what is committed
        // before and still comes from the cursor is known by its mod-sequence.
        Optional<Opened> found = session.mail().read(view -> open(view, name));
        if (found.isEmpty()) {
            return Answer.no(ResponseCode.Word.NONEXISTENT, "no such mailbox");
        }
        Opened opened = found.get();
        if (select.condstore()) {
            session.enableCondstore();
        }
        SelectedMailbox mailbox =
                new SelectedMailbox(opened.info(), select.readOnly(), opened.uids(), opened.snapshot());
        session.select(mailbox);
        tell(opened, mailbox);
        return select.readOnly()
                ? Answer.ok(ResponseCode.Word.READ_ONLY, "selected")
                : Answer.ok(ResponseCode.Word.READ_WRITE, "selected");
    }

    private static Optional<Opened> open(ReadView view, MailboxName name) throws IOException {
        Optional<MailboxInfo> found = view.mailbox(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long id = found.get().id();
        return Optional.of(new Opened(found.get(), view.uids(id), view.firstUnseen(id), view.highestModSeq()));
    }

    private void tell(Opened opened, SelectedMailbox mailbox) throws IOException {
        ImapEncoder out = session.out();
        MailboxInfo info = opened.info();
        List<String> words = new ArrayList<>(Flags.of(Flags.ALL).words());
        words.addAll(info.keywords());
        out.write(new ImapResponse.FlagList(words));
        List<String> permanent = new ArrayList<>(words);
        permanent.add("\\*");
        out.condition(Status.OK, new ResponseCode.PermanentFlags(permanent), "flags that can be changed");
        if (!session.rev2()) {
            out.write(new ImapResponse.Recent(0));
        }
        out.write(new ImapResponse.Exists(opened.uids().size()));
        if (!session.rev2() && opened.firstUnseen() != 0) {
            out.condition(
                    Status.OK, new ResponseCode.Unseen(mailbox.number(opened.firstUnseen())), "the first unseen one");
        }
        out.condition(Status.OK, new ResponseCode.UidValidity(info.uidValidity()), "UIDs are valid");
        out.condition(Status.OK, new ResponseCode.UidNext(info.uidNext()), "the next UID");
        out.write(new ImapResponse.Listed(new ListEntry(List.of(), info.name().toString())));
        if (session.condstore()) {
            out.condition(Status.OK, new ResponseCode.HighestModSeq(info.highestModSeq()), "the highest mod-sequence");
        }
        out.condition(
                Status.OK, new ResponseCode.MailboxId(ObjectIds.mailbox(info.id())), "the mailbox's name for good");
    }

    /** RFC 9051 §6.4.1: expunges, and tells nothing of it. */
    Answer close(SelectedMailbox mailbox) throws IOException {
        if (!mailbox.readOnly() && !mailbox.deleted()) {
            // A mailbox that was deleted meanwhile refuses, which leaves nothing to do.
            CopyHandler.expunge(session, mailbox, mailbox.uids(), limits);
        }
        session.deselect();
        return Answer.ok("done");
    }

    /** RFC 3691. */
    Answer unselect() throws IOException {
        session.deselect();
        return Answer.ok("done");
    }
}
