package org.moxmail.imap.server;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ListEntry;
import org.moxmail.imap.ResponseCode;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.SpecialUse;

/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE. */
final class MailboxHandler {
    private final Session session;

    MailboxHandler(Session session) {
        this.session = session;
    }

    private static Answer invalid(SyntaxException e) {
        return Answer.no(ResponseCode.Word.CANNOT, e.expected());
    }

    Answer create(ImapCommand.Create create) throws IOException {
        Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
        for (String word : create.uses()) {
            Optional<SpecialUse> use = use(word);
            if (use.isEmpty()) {
                return Answer.no(ResponseCode.Word.USEATTR, word + " isn't supported");
            }
            uses.add(use.get());
        }
        String given = create.mailbox();
        int end = given.length();
        // RFC 9051 §6.3.4: a trailing separator says that there will be mailboxes below.
        while (end > 0 && given.charAt(end - 1) == MailboxName.SEPARATOR) {
            end--;
        }
        MailboxName name;
        try {
            name = MailboxName.parse(given.substring(0, end));
        } catch (SyntaxException e) {
            return invalid(e);
        }
        if (name.isInbox()) {
            return Answer.no(ResponseCode.Word.CANNOT, "Inbox is there always");
        }
        Outcome<List<MailboxInfo>> outcome = session.mail().write(view -> view.create(name, uses));
        return switch (outcome) {
            case Outcome.Refused<List<MailboxInfo>> refused -> Answer.refused(refused.refusal());
            case Outcome.Done<List<MailboxInfo>> done -> created(done.value(), end < given.length() ? given : null);
        };
    }

    private static Optional<SpecialUse> use(String word) {
        for (SpecialUse use : SpecialUse.values()) {
            if (use.keyword().equalsIgnoreCase(word)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }

    private Answer created(List<MailboxInfo> made, @Nullable String given) throws IOException {
        MailboxInfo last = made.getLast();
        for (MailboxInfo mailbox : made) {
            String oldName = session.rev2() && mailbox.id() == last.id() ? given : null;
            session.out()
                    .write(new ImapResponse.Listed(new ListEntry(
                            List.of("\\Subscribed"), "/", mailbox.name().toString(), oldName, List.of())));
        }
        return Answer.ok(new ResponseCode.MailboxId(ObjectIds.mailbox(last.id())), "created");
    }

    Answer delete(ImapCommand.Delete delete) throws IOException {
        MailboxName name;
        try {
            name = MailboxName.parse(delete.mailbox());
        } catch (SyntaxException e) {
            return invalid(e);
        }
        if (name.isInbox()) {
            return Answer.no(ResponseCode.Word.CANNOT, "Inbox can't be deleted");
        }
        return done(session.mail().write(view -> view.delete(name)));
    }

    Answer rename(ImapCommand.Rename rename) throws IOException {
        MailboxName from;
        MailboxName to;
        try {
            from = MailboxName.parse(rename.from());
            to = MailboxName.parse(rename.to());
        } catch (SyntaxException e) {
            return invalid(e);
        }
        if (to.isInbox()) {
            return Answer.no(ResponseCode.Word.CANNOT, "Inbox is there already");
        }
        return done(session.mail().write(view -> view.rename(from, to)));
    }

    private static Answer done(Outcome<MailboxName> outcome) {
        return switch (outcome) {
            case Outcome.Refused<MailboxName> refused -> Answer.refused(refused.refusal());
            case Outcome.Done<MailboxName> done -> Answer.ok("done");
        };
    }

    Answer subscribe(ImapCommand.Subscribe subscribe) throws IOException {
        MailboxName name;
        try {
            name = MailboxName.parse(subscribe.mailbox());
        } catch (SyntaxException e) {
            return invalid(e);
        }
        // RFC 9051 §6.3.7: also when there is no such mailbox.
        boolean fresh = session.mail().write(view -> view.subscribe(name));
        return Answer.ok(fresh ? "subscribed" : "subscribed already");
    }

    Answer unsubscribe(ImapCommand.Unsubscribe unsubscribe) throws IOException {
        MailboxName name;
        try {
            name = MailboxName.parse(unsubscribe.mailbox());
        } catch (SyntaxException e) {
            return invalid(e);
        }
        boolean known = session.mail()
                .write(view -> view.unsubscribe(name) || view.mailbox(name).isPresent());
        return known ? Answer.ok("unsubscribed") : Answer.no(ResponseCode.Word.NONEXISTENT, "not subscribed");
    }
}
