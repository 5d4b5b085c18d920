package org.moxmail.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;

/**
 * Writes a client's commands, RFC 9051 §9, through a buffer of its own; nothing is certain to be with the stream before
 * {@link #flush}. What {@link ImapDecoder} reads from it equals what was written. For one thread.
 */
public final class CommandEncoder {
    /** Which literals the server takes without being asked. */
    public enum NonSynchronizing {
        NONE,
        /** Of at most 4096 octets: LITERAL-, RFC 7888 §5; part of IMAP4rev2. */
        SMALL,
        /** LITERAL+. */
        ALL
    }

    /** Waits until the server asks for a literal. */
    public interface ContinuationWait {
        /** What was written so far was flushed. */
        void await() throws IOException;
    }

    /** RFC 7888 §5. */
    private static final long SMALL_LITERAL = 4096;

    private final ImapOutput out;
    private NonSynchronizing nonSynchronizing = NonSynchronizing.NONE;

    public CommandEncoder(OutputStream out, ContinuationWait continuation) {
        this.out = new ImapOutput(out, new ImapOutput.Literals() {
            @Override
            public boolean nonSynchronizing(long size) {
                return takesNonSynchronizing(size);
            }

            @Override
            public void await() throws IOException {
                continuation.await();
            }
        });
    }

    /** How mailbox names are written, and with {@link MailboxEncoding#UTF8} that strings may have UTF-8 in quotes. */
    public void encoding(MailboxEncoding encoding) {
        out.encoding(encoding);
    }

    /** Which literals are written without waiting; none at first. */
    public void nonSynchronizing(NonSynchronizing mode) {
        nonSynchronizing = mode;
    }

    /** Whether a literal of that size can be written without waiting. */
    public boolean takesNonSynchronizing(long size) {
        return nonSynchronizing == NonSynchronizing.ALL
                || nonSynchronizing == NonSynchronizing.SMALL && size <= SMALL_LITERAL;
    }

    /** Hands everything to the stream and flushes that. */
    public void flush() throws IOException {
        out.flush();
    }

    /** The stream below, after everything before was handed to it: for a message's octets. */
    public OutputStream octets() throws IOException {
        return out.drained();
    }

    /**
     * Writes a command, its line end included. Of {@link ImapCommand.Append} everything up to the message's octets is
     * written; {@link #appendEnd} ends it.
     */
    public void write(TaggedCommand command) throws IOException {
        out.raw(command.tag().text());
        out.sp();
        command(command.command());
        if (!(command.command() instanceof ImapCommand.Append)) {
            out.crlf();
        }
    }

    /** Writes a line of ASCII as it is: DONE, or a part of an authentication exchange. */
    public void line(String text) throws IOException {
        out.raw(Grammar.line(text));
        out.crlf();
    }

    /** Goes on after a message's octets with another message, RFC 3502. */
    public void appendMore(LiteralHeader before, AppendMessage next) throws IOException {
        out.raw(before.utf8() ? ") " : " ");
        message(next);
    }

    /** Ends an APPEND after its last message's octets. */
    public void appendEnd(LiteralHeader before) throws IOException {
        out.raw(before.utf8() ? ")\r\n" : "\r\n");
    }

    private void command(ImapCommand command) throws IOException {
        switch (command) {
            case ImapCommand.Capability c -> out.raw("CAPABILITY");
            case ImapCommand.Noop c -> out.raw("NOOP");
            case ImapCommand.Logout c -> out.raw("LOGOUT");
            case ImapCommand.StartTls c -> out.raw("STARTTLS");
            case ImapCommand.Namespace c -> out.raw("NAMESPACE");
            case ImapCommand.Idle c -> out.raw("IDLE");
            case ImapCommand.Check c -> out.raw("CHECK");
            case ImapCommand.Close c -> out.raw("CLOSE");
            case ImapCommand.Unselect c -> out.raw("UNSELECT");
            case ImapCommand.Expunge c -> out.raw("EXPUNGE");
            case ImapCommand.Id id -> {
                out.raw("ID ");
                ImapEncoder.idFields(out, id.fields());
            }
            case ImapCommand.Authenticate authenticate -> authenticate(authenticate);
            case ImapCommand.Login login -> {
                out.raw("LOGIN ");
                out.astring(login.user());
                out.sp();
                out.astring(login.password());
            }
            case ImapCommand.Enable enable -> {
                out.raw("ENABLE ");
                out.words(enable.capabilities());
            }
            case ImapCommand.Select select -> select(select);
            case ImapCommand.Create create -> create(create);
            case ImapCommand.Delete delete -> mailbox("DELETE ", delete.mailbox());
            case ImapCommand.Rename rename -> {
                mailbox("RENAME ", rename.from());
                mailbox(" ", rename.to());
            }
            case ImapCommand.Subscribe subscribe -> mailbox("SUBSCRIBE ", subscribe.mailbox());
            case ImapCommand.Unsubscribe unsubscribe -> mailbox("UNSUBSCRIBE ", unsubscribe.mailbox());
            case ImapCommand.ListMailboxes list -> list(list);
            case ImapCommand.Lsub lsub -> {
                mailbox("LSUB ", lsub.reference());
                out.sp();
                out.listMailbox(lsub.pattern().text());
            }
            case ImapCommand.Status status -> {
                mailbox("STATUS ", status.mailbox());
                statusItems(" (", status.items());
            }
            case ImapCommand.Append append -> {
                mailbox("APPEND ", append.mailbox());
                out.sp();
                message(append.first());
            }
            case ImapCommand.UidExpunge expunge -> {
                out.raw("UID EXPUNGE ");
                out.set(expunge.uids());
            }
            case ImapCommand.Search search -> search(search);
            case ImapCommand.Fetch fetch -> fetch(fetch);
            case ImapCommand.Store store -> store(store);
            case ImapCommand.Copy copy -> {
                numbered(copy.uid(), "COPY ", copy.set());
                mailbox(" ", copy.mailbox());
            }
            case ImapCommand.Move move -> {
                numbered(move.uid(), "MOVE ", move.set());
                mailbox(" ", move.mailbox());
            }
        }
    }

    private void mailbox(String before, String name) throws IOException {
        out.raw(before);
        out.mailbox(name);
    }

    private void numbered(boolean uid, String word, SequenceSet set) throws IOException {
        out.raw(uid ? "UID " : "");
        out.raw(word);
        out.set(set);
    }

    private void authenticate(ImapCommand.Authenticate authenticate) throws IOException {
        out.raw("AUTHENTICATE ");
        out.raw(authenticate.mechanism());
        Octets initial = authenticate.initialResponse();
        if (initial != null) {
            out.sp();
            // RFC 4959 §3: an empty response is told by an equals sign.
            out.raw(initial.length() == 0 ? "=" : Base64.getEncoder().encodeToString(initial.array()));
        }
    }

    private void select(ImapCommand.Select select) throws IOException {
        mailbox(select.readOnly() ? "EXAMINE " : "SELECT ", select.mailbox());
        QresyncParameter qresync = select.qresync();
        if (!select.condstore() && qresync == null) {
            return;
        }
        out.raw(select.condstore() ? " (CONDSTORE" : " (");
        if (qresync != null) {
            out.raw(select.condstore() ? " QRESYNC (" : "QRESYNC (");
            out.number(qresync.uidValidity());
            out.sp();
            out.number(qresync.modSeq());
            if (qresync.knownUids() != null) {
                out.sp();
                out.set(qresync.knownUids());
            }
            if (qresync.matchNumbers() != null && qresync.matchUids() != null) {
                out.raw(" (");
                out.set(qresync.matchNumbers());
                out.sp();
                out.set(qresync.matchUids());
                out.octet(')');
            }
            out.octet(')');
        }
        out.octet(')');
    }

    private void create(ImapCommand.Create create) throws IOException {
        mailbox("CREATE ", create.mailbox());
        if (!create.uses().isEmpty()) {
            out.raw(" (USE (");
            out.words(create.uses());
            out.raw("))");
        }
    }

    private void list(ImapCommand.ListMailboxes list) throws IOException {
        out.raw("LIST ");
        boolean several = list.patterns().size() > 1;
        // An extended LIST without any option still has to be told from a basic one.
        boolean bare = list.extended() && !several && list.returns().isEmpty();
        if (bare || !list.selection().isEmpty()) {
            out.octet('(');
            boolean first = true;
            for (ListSelection option : list.selection()) {
                out.raw(first ? "" : " ");
                first = false;
                out.raw(option.keyword());
            }
            out.raw(") ");
        }
        out.mailbox(list.reference());
        out.raw(several ? " (" : " ");
        for (int i = 0; i < list.patterns().size(); i++) {
            if (i > 0) {
                out.sp();
            }
            out.listMailbox(list.patterns().get(i).text());
        }
        out.raw(several ? ")" : "");
        if (!list.returns().isEmpty()) {
            returns(list.returns());
        }
    }

    private void returns(List<ListReturn> returns) throws IOException {
        out.raw(" RETURN (");
        for (int i = 0; i < returns.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            switch (returns.get(i)) {
                case ListReturn.Option option -> out.raw(option.keyword());
                case ListReturn.Status status -> statusItems("STATUS (", status.items());
            }
        }
        out.octet(')');
    }

    private void statusItems(String before, List<StatusItem> items) throws IOException {
        out.raw(before);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.sp();
            }
            out.raw(items.get(i).keyword());
        }
        out.octet(')');
    }

    private void message(AppendMessage message) throws IOException {
        if (!message.flags().equals(Flags.NONE)) {
            out.flags(message.flags());
            out.sp();
        }
        if (message.internalDate() != null) {
            out.dateTime(message.internalDate());
            out.sp();
        }
        LiteralHeader literal = message.literal();
        out.raw(literal.utf8() ? "UTF8 (~{" : literal.binary() ? "~{" : "{");
        out.number(literal.size());
        out.raw(literal.synchronizing() ? "}\r\n" : "+}\r\n");
    }

    private void search(ImapCommand.Search search) throws IOException {
        out.raw(search.uid() ? "UID SEARCH " : "SEARCH ");
        Set<SearchReturn> returns = search.returns();
        if (returns != null) {
            out.raw("RETURN (");
            boolean first = true;
            for (SearchReturn option : returns) {
                out.raw(first ? "" : " ");
                first = false;
                out.raw(option.keyword());
            }
            out.raw(") ");
        }
        if (search.charset() != null) {
            out.raw("CHARSET ");
            out.astring(search.charset());
            out.sp();
        }
        new SearchKeyPrinter(out).program(search.key());
    }

    private void fetch(ImapCommand.Fetch fetch) throws IOException {
        numbered(fetch.uid(), "FETCH ", fetch.set());
        out.raw(" (");
        for (int i = 0; i < fetch.items().size(); i++) {
            if (i > 0) {
                out.sp();
            }
            item(fetch.items().get(i));
        }
        out.octet(')');
        if (fetch.changedSince() >= 0) {
            out.raw(" (CHANGEDSINCE ");
            out.number(fetch.changedSince());
            out.raw(fetch.vanished() ? " VANISHED)" : ")");
        }
    }

    private void item(FetchItem item) throws IOException {
        switch (item) {
            case FetchItem.Attribute attribute -> out.raw(attribute.keyword());
            case FetchItem.Preview preview -> out.raw(preview.lazy() ? "PREVIEW (LAZY)" : "PREVIEW");
            case FetchItem.Section section -> {
                out.raw(section.peek() ? "BODY.PEEK" : "BODY");
                out.section(section.spec());
                partial(section.partial());
            }
            case FetchItem.Binary binary -> {
                part(binary.peek() ? "BINARY.PEEK[" : "BINARY[", binary.part());
                partial(binary.partial());
            }
            case FetchItem.BinarySize size -> part("BINARY.SIZE[", size.part());
        }
    }

    private void part(String word, List<Integer> part) throws IOException {
        out.raw(word);
        out.partNumbers(part);
        out.octet(']');
    }

    private void partial(@Nullable Partial partial) throws IOException {
        if (partial != null) {
            out.octet('<');
            out.number(partial.offset());
            out.octet('.');
            out.number(partial.count());
            out.octet('>');
        }
    }

    private void store(ImapCommand.Store store) throws IOException {
        numbered(store.uid(), "STORE ", store.set());
        if (store.unchangedSince() >= 0) {
            out.raw(" (UNCHANGEDSINCE ");
            out.number(store.unchangedSince());
            out.octet(')');
        }
        FlagEdit.Mode mode = store.edit().mode();
        out.raw(mode == FlagEdit.Mode.ADD ? " +FLAGS" : mode == FlagEdit.Mode.REMOVE ? " -FLAGS" : " FLAGS");
        out.raw(store.silent() ? ".SILENT " : " ");
        out.flags(store.edit().flags());
    }
}
