package org.moxmail.imap.client;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.security.sasl.SaslClient;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.AppendMessage;
import org.moxmail.imap.EsearchResult;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.IdField;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapProtocolException;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ListEntry;
import org.moxmail.imap.LiteralHeader;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SearchKey;
import org.moxmail.imap.SearchReturn;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.StatusItem;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;

/**
 * A client's end of an IMAP connection. Each command waits for its answer. Methods with a result of their own throw
 * {@link ImapRefusal} for NO and BAD; {@link #execute} gives every answer as a value. An {@link IOException}, such as
 * {@link ImapProtocolException} for a server that breaks the protocol, ends the connection's use.
 *
 * <p>Mailbox names are Unicode text; they are written as modified UTF-7 until IMAP4rev2 or UTF8=ACCEPT was enabled.
 * Literals are sent without waiting where the server allows it.
 *
 * <p>For one thread at a time; {@link #done} and {@link #close} may be called from any.
 */
public final class ImapClient implements AutoCloseable {
    /** How APPEND carries a message. */
    public enum AppendForm {
        LITERAL,
        /** NUL may be in the message: BINARY, RFC 3516 §4.4. */
        LITERAL8,
        /** The header may have UTF-8: UTF8=ACCEPT, RFC 6855 §4. */
        UTF8
    }

    private enum IdleState {
        NONE,
        STARTING,
        IDLING,
        ENDING
    }

    private final Wire wire;
    private final ImapResponse.Condition greeting;
    private final AtomicReference<IdleState> idle = new AtomicReference<>(IdleState.NONE);

    /**
     * Reads the greeting.
     *
     * @throws ImapProtocolException when there is none, or when it is BYE
     */
    public ImapClient(ImapStreams connection, ImapLimits limits) throws IOException {
        wire = new Wire(connection, limits);
        ImapResponse first = wire.read();
        if (!(first instanceof ImapResponse.Condition condition)
                || condition.status() != ImapResponse.Status.OK && condition.status() != ImapResponse.Status.PREAUTH) {
            throw new ImapProtocolException("no welcome: " + first);
        }
        greeting = condition;
    }

    public ImapResponse.Condition greeting() {
        return greeting;
    }

    /** Whether the greeting said that no login is needed. */
    public boolean preauthenticated() {
        return greeting.status() == ImapResponse.Status.PREAUTH;
    }

    /** What the server can do, in upper case; asks it when it hasn't said so since that may have changed. */
    public Set<String> capabilities() throws IOException, ImapRefusal {
        Optional<Set<String>> known = wire.capabilities();
        if (known.isPresent()) {
            return known.get();
        }
        execute(new ImapCommand.Capability()).orThrow();
        return wire.capabilities().orElseThrow(() -> new ImapProtocolException("no answer to CAPABILITY"));
    }

    /** Whether the server has a capability, in any case. */
    public boolean has(String capability) throws IOException, ImapRefusal {
        return capabilities().contains(Words.upper(capability));
    }

    /** What was enabled, in upper case. */
    public Set<String> enabled() {
        return wire.enabled();
    }

    /** Sends any command but APPEND, AUTHENTICATE, IDLE and STARTTLS and returns the answer, whatever it is. */
    public Reply execute(ImapCommand command) throws IOException {
        if (command instanceof ImapCommand.Append
                || command instanceof ImapCommand.Authenticate
                || command instanceof ImapCommand.Idle
                || command instanceof ImapCommand.StartTls) {
            throw new IllegalArgumentException("a command with a method of its own");
        }
        return wire.execute(command, null);
    }

    private Reply demand(ImapCommand command) throws IOException, ImapRefusal {
        return execute(command).orThrow();
    }

    // Any state

    /** Asks for what is new. */
    public Reply noop() throws IOException, ImapRefusal {
        return demand(new ImapCommand.Noop());
    }

    /** Says goodbye and closes the connection. */
    public void logout() throws IOException, ImapRefusal {
        demand(new ImapCommand.Logout());
        close();
    }

    /** Tells who we are and returns who the server says it is; empty lists stand for NIL. */
    public List<IdField> id(List<IdField> fields) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Id(fields))
                .last(ImapResponse.Id.class)
                .map(ImapResponse.Id::fields)
                .orElse(List.of());
    }

    // Not authenticated

    /** Starts TLS, RFC 9051 §6.2.1. */
    public void startTls(ImapStreams.Upgrade upgrade) throws IOException, ImapRefusal {
        wire.execute(new ImapCommand.StartTls(), null).orThrow();
        wire.upgrade(upgrade);
    }

    /** Logs in with a password, which the server gets to see. */
    public void login(String user, String password) throws IOException, ImapRefusal {
        loggedIn(wire.execute(new ImapCommand.Login(user, password), null));
    }

    /**
     * Logs in with a SASL mechanism. The caller disposes of it.
     *
     * @throws javax.security.sasl.SaslException when the mechanism doesn't accept what the server says
     */
    public void authenticate(SaslClient sasl) throws IOException, ImapRefusal {
        loggedIn(new Authentication(wire, sasl).run(has("SASL-IR")));
    }

    private void loggedIn(Reply reply) throws ImapRefusal {
        reply.orThrow();
        boolean told = reply.code(ResponseCode.Capability.class).isPresent()
                || reply.last(ImapResponse.Capability.class).isPresent();
        if (!told) {
            // RFC 9051 §6.1.1: capabilities may differ now.
            wire.forgetCapabilities();
        }
    }

    // Authenticated

    /** Enables capabilities and returns those that the server enabled now. */
    public List<String> enable(String... capabilities) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Enable(List.of(capabilities)))
                .last(ImapResponse.Enabled.class)
                .map(ImapResponse.Enabled::capabilities)
                .orElse(List.of());
    }

    public OpenMailbox select(String mailbox) throws IOException, ImapRefusal {
        return open(new ImapCommand.Select(mailbox, false, false, null));
    }

    public OpenMailbox examine(String mailbox) throws IOException, ImapRefusal {
        return open(new ImapCommand.Select(mailbox, true, false, null));
    }

    /** SELECT or EXAMINE with parameters. */
    public OpenMailbox open(ImapCommand.Select select) throws IOException, ImapRefusal {
        return OpenMailbox.of(demand(select));
    }

    /**
     * Makes a mailbox.
     *
     * @param uses special-use attributes, such as {@code \Archive}; needs CREATE-SPECIAL-USE
     */
    public Reply create(String mailbox, String... uses) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Create(mailbox, List.of(uses)));
    }

    public Reply delete(String mailbox) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Delete(mailbox));
    }

    public Reply rename(String from, String to) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Rename(from, to));
    }

    public Reply subscribe(String mailbox) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Subscribe(mailbox));
    }

    public Reply unsubscribe(String mailbox) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Unsubscribe(mailbox));
    }

    /** Mailboxes whose names match a pattern below a reference. */
    public List<ListEntry> list(String reference, String pattern) throws IOException, ImapRefusal {
        return listed(list(new ImapCommand.ListMailboxes(reference, pattern)));
    }

    /** LIST in its extended form; STATUS responses are in the reply when they were asked for. */
    public Reply list(ImapCommand.ListMailboxes list) throws IOException, ImapRefusal {
        return demand(list);
    }

    /** The LIST responses of a reply. */
    public static List<ListEntry> listed(Reply reply) {
        return reply.all(ImapResponse.Listed.class).stream()
                .map(ImapResponse.Listed::entry)
                .toList();
    }

    public ImapResponse.Namespace namespace() throws IOException, ImapRefusal {
        return demand(new ImapCommand.Namespace())
                .last(ImapResponse.Namespace.class)
                .orElseThrow(() -> new ImapProtocolException("no answer to NAMESPACE"));
    }

    public ImapResponse.MailboxStatus status(String mailbox, StatusItem... items) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Status(mailbox, List.of(items)))
                .last(ImapResponse.MailboxStatus.class)
                .orElseThrow(() -> new ImapProtocolException("no answer to STATUS"));
    }

    /** Appends a message. Where it went is told by servers with UIDPLUS. */
    public Optional<ResponseCode.AppendUid> append(String mailbox, Flags flags, MessageContent message)
            throws IOException, ImapRefusal {
        return append(mailbox, flags, null, message, AppendForm.LITERAL)
                .orThrow()
                .code(ResponseCode.AppendUid.class);
    }

    /**
     * Appends a message, which isn't closed.
     *
     * @param internalDate or null for now
     */
    public Reply append(
            String mailbox, Flags flags, @Nullable OffsetDateTime internalDate, MessageContent message, AppendForm form)
            throws IOException {
        LiteralHeader literal = new LiteralHeader(
                message.size(),
                !wire.encoder().takesNonSynchronizing(message.size()),
                form != AppendForm.LITERAL,
                form == AppendForm.UTF8);
        Optional<Reply> early =
                wire.send(new ImapCommand.Append(mailbox, new AppendMessage(flags, internalDate, literal)), null);
        if (early.isPresent()) {
            return early.get();
        }
        if (literal.synchronizing()) {
            ImapResponse.Tagged refused = wire.advance();
            if (refused != null) {
                return wire.end(refused);
            }
        }
        message.writeTo(wire.encoder().octets(), 0, message.size());
        wire.encoder().appendEnd(literal);
        wire.encoder().flush();
        return wire.finish();
    }

    /**
     * Waits in IDLE (RFC 9051 §6.3.13) until {@link #done} is called, from another thread or by the listener.
     *
     * @param listener gets each untagged response as it comes, in this thread
     */
    public void idle(Consumer<ImapResponse> listener) throws IOException, ImapRefusal {
        idle.set(IdleState.STARTING);
        try {
            Optional<Reply> early = wire.send(new ImapCommand.Idle(), null);
            ImapResponse.Tagged tagged = early.isPresent() ? early.get().tagged() : wire.advance();
            if (tagged == null) {
                wire.takeUntagged().forEach(listener);
                // Done may have been called while the server hadn't agreed yet.
                if (!idle.compareAndSet(IdleState.STARTING, IdleState.IDLING)) {
                    writeDone();
                }
                tagged = idling(listener);
            }
            wire.end(tagged).orThrow();
        } finally {
            idle.set(IdleState.NONE);
        }
    }

    private ImapResponse.Tagged idling(Consumer<ImapResponse> listener) throws IOException {
        while (true) {
            ImapResponse response = wire.read();
            switch (response) {
                case ImapResponse.Tagged tagged -> {
                    return tagged;
                }
                case ImapResponse.Continuation continuation ->
                    throw new ImapProtocolException("a continuation request that nothing asked for");
                default -> listener.accept(response);
            }
        }
    }

    /** Ends {@link #idle}, which then returns; nothing happens outside of it. */
    public void done() throws IOException {
        if (idle.compareAndSet(IdleState.IDLING, IdleState.ENDING)) {
            writeDone();
        } else {
            // The thread in idle sends it once the server has agreed.
            idle.compareAndSet(IdleState.STARTING, IdleState.ENDING);
        }
    }

    private void writeDone() throws IOException {
        wire.encoder().line("DONE");
        wire.encoder().flush();
    }

    // Selected

    /** Expunges silently and closes the mailbox. */
    public void closeMailbox() throws IOException, ImapRefusal {
        demand(new ImapCommand.Close());
    }

    /** Closes the mailbox without expunging. */
    public void unselect() throws IOException, ImapRefusal {
        demand(new ImapCommand.Unselect());
    }

    /** Expunges what has {@code \Deleted}; EXPUNGE or VANISHED responses are in the reply. */
    public Reply expunge() throws IOException, ImapRefusal {
        return demand(new ImapCommand.Expunge());
    }

    /** Expunges those of the UIDs that have {@code \Deleted}; needs UIDPLUS or IMAP4rev2. */
    public Reply uidExpunge(SequenceSet uids) throws IOException, ImapRefusal {
        return demand(new ImapCommand.UidExpunge(uids));
    }

    /** Message numbers or UIDs of what is found. */
    public UidSet search(boolean uid, SearchKey key) throws IOException, ImapRefusal {
        Reply reply = demand(new ImapCommand.Search(uid, null, charset(key), key));
        UidSet found = UidSet.EMPTY;
        for (ImapResponse.Search search : reply.all(ImapResponse.Search.class)) {
            found = found.union(search.numbers());
        }
        for (ImapResponse.Esearch esearch : reply.all(ImapResponse.Esearch.class)) {
            // RFC 9051 §6.4.4: after ENABLE IMAP4rev2 this comes without RETURN too.
            SequenceSet all = esearch.result().all();
            if (all != null) {
                found = found.union(all.resolve(0));
            }
        }
        return found;
    }

    /** What ESEARCH tells; needs ESEARCH or IMAP4rev2. Nothing came when only SAVE was asked for. */
    public Optional<EsearchResult> search(boolean uid, Set<SearchReturn> returns, SearchKey key)
            throws IOException, ImapRefusal {
        ImapCommand.Search search = new ImapCommand.Search(uid, EnumSet.copyOf(returns), charset(key), key);
        return demand(search).last(ImapResponse.Esearch.class).map(ImapResponse.Esearch::result);
    }

    private @Nullable String charset(SearchKey key) {
        // RFC 6855 §3: no CHARSET after UTF-8 was enabled; RFC 3501 §6.4.4: US-ASCII is meant without it.
        return wire.utf8() || Words.ascii(key.toString()) ? null : "UTF-8";
    }

    /** Fetches into memory, within the limits. */
    public List<ImapResponse.Fetch> fetch(boolean uid, SequenceSet set, List<FetchItem> items)
            throws IOException, ImapRefusal {
        return demand(new ImapCommand.Fetch(uid, set, items)).all(ImapResponse.Fetch.class);
    }

    /** Fetches and hands over each message as it comes; other responses are in the reply. */
    public Reply fetch(ImapCommand.Fetch fetch, FetchVisitor visitor) throws IOException, ImapRefusal {
        return wire.execute(fetch, visitor).orThrow();
    }

    /** Changes flags and returns the FETCH responses that came. */
    public List<ImapResponse.Fetch> store(boolean uid, SequenceSet set, FlagEdit edit) throws IOException, ImapRefusal {
        return demand(new ImapCommand.Store(uid, set, edit, false)).all(ImapResponse.Fetch.class);
    }

    /** STORE with all it has; MODIFIED is the reply's code when messages were left alone (RFC 7162 §3.1.3). */
    public Reply store(ImapCommand.Store store) throws IOException, ImapRefusal {
        return demand(store);
    }

    /** Copies messages. Where they went is told by servers with UIDPLUS. */
    public Optional<ResponseCode.CopyUid> copy(boolean uid, SequenceSet set, String mailbox)
            throws IOException, ImapRefusal {
        return demand(new ImapCommand.Copy(uid, set, mailbox)).code(ResponseCode.CopyUid.class);
    }

    /** Moves messages; needs MOVE or IMAP4rev2. */
    public Optional<ResponseCode.CopyUid> move(boolean uid, SequenceSet set, String mailbox)
            throws IOException, ImapRefusal {
        return demand(new ImapCommand.Move(uid, set, mailbox)).code(ResponseCode.CopyUid.class);
    }

    /** The numbers of the EXPUNGE responses of a reply, in order. */
    public static List<Long> expunged(Reply reply) {
        List<Long> numbers = new ArrayList<>();
        reply.all(ImapResponse.Expunge.class).forEach(expunge -> numbers.add(expunge.number()));
        return numbers;
    }

    /** Closes the connection without saying goodbye. */
    @Override
    public void close() throws IOException {
        wire.close();
    }
}
