package org.moxmail.imap;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;

/** Reads what follows the tag of a command, RFC 9051 §9. */
final class CommandParser {
    private final Lexer in;

    CommandParser(Lexer in) {
        this.in = in;
    }

    /** The command of a word; empty for an unknown one. Consumes everything. */
    Optional<ImapCommand> command(String word) throws SyntaxException {
        ImapCommand command = word.equals("UID") ? uid() : plain(word);
        if (command == null) {
            return Optional.empty();
        }
        in.end();
        return Optional.of(command);
    }

    private @Nullable ImapCommand plain(String word) throws SyntaxException {
        return switch (word) {
            case "CAPABILITY" -> new ImapCommand.Capability();
            case "NOOP" -> new ImapCommand.Noop();
            case "LOGOUT" -> new ImapCommand.Logout();
            case "STARTTLS" -> new ImapCommand.StartTls();
            case "NAMESPACE" -> new ImapCommand.Namespace();
            case "IDLE" -> new ImapCommand.Idle();
            case "CHECK" -> new ImapCommand.Check();
            case "CLOSE" -> new ImapCommand.Close();
            case "UNSELECT" -> new ImapCommand.Unselect();
            case "EXPUNGE" -> new ImapCommand.Expunge();
            case "ID" -> id();
            case "AUTHENTICATE" -> authenticate();
            case "LOGIN" -> login();
            case "ENABLE" -> enable();
            case "SELECT" -> select(false);
            case "EXAMINE" -> select(true);
            case "CREATE" -> create();
            case "DELETE" -> new ImapCommand.Delete(mailbox());
            case "RENAME" -> new ImapCommand.Rename(mailbox(), mailbox());
            case "SUBSCRIBE" -> new ImapCommand.Subscribe(mailbox());
            case "UNSUBSCRIBE" -> new ImapCommand.Unsubscribe(mailbox());
            case "LIST" -> new ListParser(in).list();
            case "LSUB" -> new ListParser(in).lsub();
            case "STATUS" -> status();
            case "APPEND" -> append();
            default -> numbered(word, false);
        };
    }

    private @Nullable ImapCommand uid() throws SyntaxException {
        in.sp();
        String word = in.word();
        if (word.equals("EXPUNGE")) {
            in.sp();
            return new ImapCommand.UidExpunge(in.sequenceSet());
        }
        return numbered(word, true);
    }

    /** Commands that take message numbers, or UIDs behind UID. */
    private @Nullable ImapCommand numbered(String word, boolean uid) throws SyntaxException {
        return switch (word) {
            case "SEARCH" -> new SearchParser(in).search(uid);
            case "FETCH" -> fetch(uid);
            case "STORE" -> store(uid);
            case "COPY" -> new ImapCommand.Copy(uid, set(), mailbox());
            case "MOVE" -> new ImapCommand.Move(uid, set(), mailbox());
            default -> null;
        };
    }

    private String mailbox() throws SyntaxException {
        in.sp();
        return in.mailbox();
    }

    private SequenceSet set() throws SyntaxException {
        in.sp();
        return in.sequenceSet();
    }

    private ImapCommand id() throws SyntaxException {
        in.sp();
        return new ImapCommand.Id(idFields(in));
    }

    /** NIL or a list of names and values, RFC 2971 §3. */
    static List<IdField> idFields(Lexer in) throws SyntaxException {
        List<IdField> fields = new ArrayList<>();
        if (in.eatWord("NIL")) {
            return fields;
        }
        in.expect('(');
        if (in.eat(')')) {
            return fields;
        }
        Set<String> names = new HashSet<>();
        do {
            int start = in.offset();
            String name = in.string().text();
            in.sp();
            String value = in.nstring();
            if (!IdField.fits(name, value) || fields.size() == ImapCommand.Id.MAX_FIELDS) {
                in.offset(start);
                throw in.error("at most 30 short fields", "RFC 2971 §3.3");
            }
            if (!names.add(Grammar.upper(name))) {
                in.offset(start);
                throw in.error("each field once", "RFC 2971 §3.3");
            }
            fields.add(new IdField(name, value));
        } while (!in.listEnd());
        return fields;
    }

    private ImapCommand authenticate() throws SyntaxException {
        in.sp();
        String mechanism = in.atom();
        return new ImapCommand.Authenticate(mechanism, in.eat(' ') ? initialResponse() : null);
    }

    private Octets initialResponse() throws SyntaxException {
        if (in.eatWord("=")) {
            return Octets.EMPTY;
        }
        int start = in.offset();
        return base64(in.atom()).orElseThrow(() -> new SyntaxException(start, "base64", "RFC 4959 §3"));
    }

    /** Base64 with its padding, RFC 4648 §4; empty for anything else. */
    static Optional<Octets> base64(String text) {
        if (text.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Octets.wrap(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private ImapCommand login() throws SyntaxException {
        in.sp();
        String user = in.text();
        in.sp();
        return new ImapCommand.Login(user, in.text());
    }

    private ImapCommand enable() throws SyntaxException {
        List<String> capabilities = new ArrayList<>();
        do {
            in.sp();
            capabilities.add(in.atom());
        } while (in.peek() == ' ');
        return new ImapCommand.Enable(capabilities);
    }

    private ImapCommand select(boolean readOnly) throws SyntaxException {
        String mailbox = mailbox();
        boolean condstore = false;
        QresyncParameter qresync = null;
        if (in.eat(' ')) {
            in.expect('(');
            do {
                if (!condstore && in.eatWord("CONDSTORE")) {
                    condstore = true;
                } else if (qresync == null && in.eatWord("QRESYNC")) {
                    qresync = qresync();
                } else {
                    throw in.error("CONDSTORE or QRESYNC, once", "RFC 7162 §7");
                }
            } while (!in.listEnd());
        }
        return new ImapCommand.Select(mailbox, readOnly, condstore, qresync);
    }

    private QresyncParameter qresync() throws SyntaxException {
        in.sp();
        in.expect('(');
        long uidValidity = in.nzNumber();
        in.sp();
        long modSeq = modSeq(1);
        SequenceSet known = null;
        SequenceSet numbers = null;
        SequenceSet uids = null;
        boolean more = in.eat(' ');
        if (more && in.peek() != '(') {
            known = in.numberSet();
            more = in.eat(' ');
        }
        if (more) {
            in.expect('(');
            numbers = in.numberSet();
            in.sp();
            uids = in.numberSet();
            in.expect(')');
        }
        in.expect(')');
        return new QresyncParameter(uidValidity, modSeq, known, numbers, uids);
    }

    private long modSeq(long least) throws SyntaxException {
        long modSeq = in.number64();
        if (modSeq < least) {
            throw in.error("a mod-sequence from " + least, "RFC 7162 §7");
        }
        return modSeq;
    }

    private ImapCommand create() throws SyntaxException {
        String mailbox = mailbox();
        List<String> uses = new ArrayList<>();
        if (in.eat(' ')) {
            in.expect('(');
            do {
                if (!in.eatWord("USE")) {
                    throw in.error("USE", "RFC 6154 §6");
                }
                in.sp();
                in.expect('(');
                if (!in.eat(')')) {
                    do {
                        uses.add(in.flagWord());
                    } while (!in.listEnd());
                }
            } while (!in.listEnd());
        }
        return new ImapCommand.Create(mailbox, uses);
    }

    private ImapCommand status() throws SyntaxException {
        String mailbox = mailbox();
        in.sp();
        return new ImapCommand.Status(mailbox, statusItems(in));
    }

    /** A list of at least one status item; repeats are dropped. */
    static List<StatusItem> statusItems(Lexer in) throws SyntaxException {
        in.expect('(');
        Set<StatusItem> items = new LinkedHashSet<>();
        do {
            int start = in.offset();
            StatusItem item = statusItem(in.word());
            if (item == null) {
                in.offset(start);
                throw in.error("a status item", "RFC 9051 §6.3.11");
            }
            items.add(item);
        } while (!in.listEnd());
        return List.copyOf(items);
    }

    /** The item of a word in upper case. */
    static @Nullable StatusItem statusItem(String word) {
        for (StatusItem item : StatusItem.values()) {
            if (item.keyword().equals(word)) {
                return item;
            }
        }
        return null;
    }

    private ImapCommand append() throws SyntaxException {
        String mailbox = mailbox();
        in.sp();
        return new ImapCommand.Append(mailbox, appendMessage());
    }

    /** Flags, date and announcement. The octets aren't there. */
    AppendMessage appendMessage() throws SyntaxException {
        Flags flags = Flags.NONE;
        if (in.peek() == '(') {
            flags = flagList();
            in.sp();
        }
        var date = in.peek() == '"' ? in.dateTime() : null;
        if (date != null) {
            in.sp();
        }
        boolean utf8 = in.eatWord("UTF8");
        if (utf8) {
            in.sp();
            in.expect('(');
        }
        LiteralHeader literal = literalHeader(utf8);
        in.end();
        return new AppendMessage(flags, date, literal);
    }

    private LiteralHeader literalHeader(boolean utf8) throws SyntaxException {
        boolean binary = in.eat('~');
        if (utf8 && !binary) {
            throw in.error("a literal8", "RFC 6855 §4");
        }
        in.expect('{');
        long size = in.number64();
        boolean synchronizing = !in.eat('+');
        in.expect('}');
        return new LiteralHeader(size, synchronizing, binary, utf8);
    }

    /** Flags in parentheses. */
    private Flags flagList() throws SyntaxException {
        in.expect('(');
        FlagCollector flags = new FlagCollector();
        if (!in.eat(')')) {
            do {
                flags.add();
            } while (!in.listEnd());
        }
        return flags.flags();
    }

    /** Collects flags one by one. */
    private final class FlagCollector {
        private int bits;
        private final List<String> keywords = new ArrayList<>();

        void add() throws SyntaxException {
            int start = in.offset();
            String word = in.flagWord();
            int bit = Flags.bit(word);
            if (bit != 0) {
                bits |= bit;
            } else if (Flags.isKeyword(word)) {
                keywords.add(word);
            } else {
                in.offset(start);
                throw in.error("a system flag or a keyword", "RFC 9051 §2.3.2");
            }
        }

        Flags flags() {
            return Flags.of(bits, keywords);
        }
    }

    private ImapCommand fetch(boolean uid) throws SyntaxException {
        SequenceSet set = set();
        in.sp();
        List<FetchItem> items = new FetchItemParser(in).items();
        long changedSince = ImapCommand.ABSENT;
        boolean vanished = false;
        if (in.eat(' ')) {
            int start = in.offset();
            in.expect('(');
            do {
                if (changedSince < 0 && in.eatWord("CHANGEDSINCE")) {
                    in.sp();
                    // RFC 7162 §7 has it from 1, but clients that know nothing yet send 0.
                    changedSince = modSeq(0);
                } else if (!vanished && in.eatWord("VANISHED")) {
                    vanished = true;
                } else {
                    throw in.error("CHANGEDSINCE or VANISHED, once", "RFC 7162 §7");
                }
            } while (!in.listEnd());
            if (vanished && (!uid || changedSince < 0)) {
                in.offset(start);
                throw in.error("VANISHED only in UID FETCH with CHANGEDSINCE", "RFC 7162 §3.2.6");
            }
        }
        return new ImapCommand.Fetch(uid, set, items, changedSince, vanished);
    }

    private ImapCommand store(boolean uid) throws SyntaxException {
        SequenceSet set = set();
        in.sp();
        long unchangedSince = ImapCommand.ABSENT;
        if (in.eat('(')) {
            if (!in.eatWord("UNCHANGEDSINCE")) {
                throw in.error("UNCHANGEDSINCE", "RFC 7162 §7");
            }
            in.sp();
            unchangedSince = modSeq(0);
            in.expect(')');
            in.sp();
        }
        FlagEdit.Mode mode =
                in.eat('+') ? FlagEdit.Mode.ADD : in.eat('-') ? FlagEdit.Mode.REMOVE : FlagEdit.Mode.REPLACE;
        int start = in.offset();
        String word = in.word();
        boolean silent = word.equals("FLAGS.SILENT");
        if (!silent && !word.equals("FLAGS")) {
            in.offset(start);
            throw in.error("FLAGS or FLAGS.SILENT", "RFC 9051 §6.4.6");
        }
        in.sp();
        return new ImapCommand.Store(uid, set, new FlagEdit(mode, storeFlags()), silent, unchangedSince);
    }

    private Flags storeFlags() throws SyntaxException {
        if (in.peek() == '(') {
            return flagList();
        }
        FlagCollector flags = new FlagCollector();
        do {
            flags.add();
        } while (in.eat(' '));
        return flags.flags();
    }

    /** The rest of LIST and LSUB. */
    private static final class ListParser {
        private final Lexer in;

        ListParser(Lexer in) {
            this.in = in;
        }

        ImapCommand lsub() throws SyntaxException {
            in.sp();
            String reference = in.mailbox();
            in.sp();
            return new ImapCommand.Lsub(reference, new ListPattern(in.listMailbox()));
        }

        ImapCommand list() throws SyntaxException {
            in.sp();
            boolean extended = in.peek() == '(';
            Set<ListSelection> selection = Set.of();
            if (extended) {
                selection = selection();
                in.sp();
            }
            String reference = in.mailbox();
            in.sp();
            List<ListPattern> patterns = new ArrayList<>();
            if (in.eat('(')) {
                extended = true;
                do {
                    patterns.add(new ListPattern(in.listMailbox()));
                } while (!in.listEnd());
            } else {
                patterns.add(new ListPattern(in.listMailbox()));
            }
            List<ListReturn> returns = List.of();
            if (in.eat(' ')) {
                extended = true;
                returns = returns();
            }
            return new ImapCommand.ListMailboxes(extended, selection, reference, patterns, returns);
        }

        private Set<ListSelection> selection() throws SyntaxException {
            Set<ListSelection> selection = EnumSet.noneOf(ListSelection.class);
            int start = in.offset();
            in.expect('(');
            if (in.eat(')')) {
                return selection;
            }
            do {
                selection.add(selectionOption());
            } while (!in.listEnd());
            if (selection.contains(ListSelection.RECURSIVEMATCH)
                    && !selection.contains(ListSelection.SUBSCRIBED)
                    && !selection.contains(ListSelection.SPECIAL_USE)) {
                in.offset(start);
                throw in.error("RECURSIVEMATCH only with another option", "RFC 9051 §6.3.9.1");
            }
            return selection;
        }

        private ListSelection selectionOption() throws SyntaxException {
            int start = in.offset();
            String word = in.word();
            for (ListSelection option : ListSelection.values()) {
                if (option.keyword().equals(word)) {
                    return option;
                }
            }
            in.offset(start);
            throw in.error("a selection option", "RFC 9051 §6.3.9.1");
        }

        private List<ListReturn> returns() throws SyntaxException {
            if (!in.eatWord("RETURN")) {
                throw in.error("RETURN", "RFC 9051 §6.3.9.2");
            }
            in.sp();
            in.expect('(');
            Set<ListReturn> returns = new LinkedHashSet<>();
            if (!in.eat(')')) {
                boolean status = false;
                do {
                    if (!status && in.eatWord("STATUS")) {
                        in.sp();
                        returns.add(new ListReturn.Status(statusItems(in)));
                        status = true;
                    } else {
                        returns.add(returnOption());
                    }
                } while (!in.listEnd());
            }
            return List.copyOf(returns);
        }

        private ListReturn returnOption() throws SyntaxException {
            int start = in.offset();
            String word = in.word();
            for (ListReturn.Option option : ListReturn.Option.values()) {
                if (option.keyword().equals(word)) {
                    return option;
                }
            }
            in.offset(start);
            throw in.error("a return option", "RFC 9051 §6.3.9.2");
        }
    }
}
