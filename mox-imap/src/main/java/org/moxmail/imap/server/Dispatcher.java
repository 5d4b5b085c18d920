package org.moxmail.imap.server;

import java.io.IOException;
import java.util.Locale;
import org.moxmail.imap.Frame;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.Tag;
import org.moxmail.imap.TaggedCommand;

/** Which command may come when (RFC 9051 §3), and who carries it out. */
final class Dispatcher {
    static final String UNRECOGNIZED = "(unrecognized)";

    private final Connection connection;
    private final GeneralHandler general;
    private final LoginHandler login;

    Dispatcher(Connection connection) {
        this.connection = connection;
        general = new GeneralHandler(connection);
        login = new LoginHandler(connection);
    }

    /** The command's words in lower case. */
    static String name(ImapCommand command) {
        return switch (command) {
            case ImapCommand.ListMailboxes list -> "list";
            case ImapCommand.Select select -> select.readOnly() ? "examine" : "select";
            case ImapCommand.UidExpunge expunge -> "uid expunge";
            case ImapCommand.Search search -> uid(search.uid(), "search");
            case ImapCommand.Fetch fetch -> uid(fetch.uid(), "fetch");
            case ImapCommand.Store store -> uid(store.uid(), "store");
            case ImapCommand.Copy copy -> uid(copy.uid(), "copy");
            case ImapCommand.Move move -> uid(move.uid(), "move");
            default -> command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String uid(boolean uid, String word) {
        return uid ? "uid " + word : word;
    }

    /** Carries out a command and tells what happened meanwhile where that is allowed. */
    Answer carryOut(TaggedCommand tagged, Frame frame) throws IOException, InterruptedException {
        ImapCommand command = tagged.command();
        Answer answer = any(tagged.tag(), command, frame);
        Session session = connection.session();
        if (session != null && mayTell(command)) {
            session.tell();
        }
        return answer;
    }

    /**
     * RFC 9051 §7.5.1: no EXPUNGE in answer to FETCH, STORE or SEARCH with message numbers, and nothing else either, so
     * that news come in one piece. SELECT's answer is about another mailbox.
     */
    private static boolean mayTell(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Fetch fetch -> fetch.uid();
            case ImapCommand.Store store -> store.uid();
            case ImapCommand.Search search -> search.uid();
            case ImapCommand.Select select -> false;
            case ImapCommand.Logout logout -> false;
            default -> true;
        };
    }

    private Answer any(Tag tag, ImapCommand command, Frame frame) throws IOException, InterruptedException {
        Session session = connection.session();
        return switch (command) {
            case ImapCommand.Capability capability -> general.capability();
            case ImapCommand.Noop noop -> general.noop();
            case ImapCommand.Logout logout -> general.logout();
            case ImapCommand.Id id -> general.id(id);
            case ImapCommand.StartTls start -> session == null ? login.startTls() : notNow();
            case ImapCommand.Authenticate authenticate -> session == null ? login.authenticate(authenticate) : notNow();
            case ImapCommand.Login password -> session == null ? login.login(password) : notNow();
            case ImapCommand.Append append -> new AppendHandler(connection).append(tag, append, frame);
            default -> session == null ? Answer.no("log in first") : authenticated(session, tag, command);
        };
    }

    private static Answer notNow() {
        return Answer.no("you are logged in");
    }

    private Answer authenticated(Session session, Tag tag, ImapCommand command)
            throws IOException, InterruptedException {
        return switch (command) {
            case ImapCommand.Enable enable -> general.enable(session, enable);
            case ImapCommand.Select select -> new SelectHandler(session, connection.server().limits).select(select);
            case ImapCommand.Create create -> new MailboxHandler(session).create(create);
            case ImapCommand.Delete delete -> new MailboxHandler(session).delete(delete);
            case ImapCommand.Rename rename -> new MailboxHandler(session).rename(rename);
            case ImapCommand.Subscribe subscribe -> new MailboxHandler(session).subscribe(subscribe);
            case ImapCommand.Unsubscribe unsubscribe -> new MailboxHandler(session).unsubscribe(unsubscribe);
            case ImapCommand.ListMailboxes list -> new ListHandler(session).list(list);
            case ImapCommand.Lsub lsub -> new ListHandler(session).lsub(lsub);
            case ImapCommand.Namespace namespace -> general.namespace(session);
            case ImapCommand.Status status -> new StatusHandler(session).status(status);
            case ImapCommand.Idle idle -> new IdleHandler(connection, session).idle();
            default -> selected(session, tag, command);
        };
    }

    private Answer selected(Session session, Tag tag, ImapCommand command) throws IOException {
        SelectedMailbox mailbox = session.selected();
        if (mailbox == null) {
            return Answer.no("select a mailbox first");
        }
        return switch (command) {
            case ImapCommand.Close close -> new SelectHandler(session, connection.server().limits).close(mailbox);
            case ImapCommand.Unselect unselect -> new SelectHandler(session, connection.server().limits).unselect();
            default ->
                mailbox.deleted() || gone(session, mailbox) ? vanished() : messages(session, mailbox, tag, command);
        };
    }

    /** Somebody may have deleted it without our having looked since. */
    private static boolean gone(Session session, SelectedMailbox mailbox) throws IOException {
        return session.mail().read(view -> view.mailbox(mailbox.id()).isEmpty());
    }

    private static Answer vanished() {
        return Answer.no(ResponseCode.Word.NONEXISTENT, "the selected mailbox was deleted");
    }

    private Answer messages(Session session, SelectedMailbox mailbox, Tag tag, ImapCommand command) throws IOException {
        ImapServerLimits limits = connection.server().limits;
        return switch (command) {
            case ImapCommand.Check check -> Answer.ok("done");
            case ImapCommand.Expunge expunge -> new CopyHandler(session, mailbox, limits).expunge();
            case ImapCommand.UidExpunge expunge -> new CopyHandler(session, mailbox, limits).expunge(expunge.uids());
            case ImapCommand.Copy copy -> new CopyHandler(session, mailbox, limits).copy(copy);
            case ImapCommand.Move move -> new CopyHandler(session, mailbox, limits).move(move);
            case ImapCommand.Store store -> new StoreHandler(session, mailbox, limits).store(store);
            case ImapCommand.Fetch fetch -> new FetchHandler(connection, session, mailbox).fetch(fetch);
            case ImapCommand.Search search -> new SearchHandler(connection, session, mailbox).search(tag, search);
            default -> throw new IllegalStateException("no handler for " + name(command));
        };
    }
}
