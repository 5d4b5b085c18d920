package org.moxmail.imap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.FlagEdit;

/**
 * A command of RFC 9051 §6, RFC 3501 §6 or an extension. A value can always be written: its constructor has checked the
 * grammar.
 *
 * <p>Mailbox names are Unicode text as the client meant it, whichever encoding it used; whether such a mailbox may exist
 * is for {@link org.moxmail.message.mailbox.MailboxName#parse} to say. Other strings are octets as
 * {@link org.moxmail.message.HeaderText} gives them. Numbers that may be missing are negative then.
 */
public sealed interface ImapCommand {
    /** A number that isn't there. */
    long ABSENT = -1;

    // RFC 9051 §6.1, any state

    record Capability() implements ImapCommand {}

    record Noop() implements ImapCommand {}

    record Logout() implements ImapCommand {}

    /**
     * RFC 2971.
     *
     * @param fields names are unique without regard to case; empty for NIL
     */
    record Id(List<IdField> fields) implements ImapCommand {
        public static final int MAX_FIELDS = 30;

        public Id {
            fields = List.copyOf(fields);
            if (fields.size() > MAX_FIELDS) {
                throw new IllegalArgumentException("more than " + MAX_FIELDS + " ID fields");
            }
            long names =
                    fields.stream().map(f -> Grammar.upper(f.name())).distinct().count();
            if (names != fields.size()) {
                throw new IllegalArgumentException("an ID field twice");
            }
        }
    }

    // RFC 9051 §6.2, not authenticated

    record StartTls() implements ImapCommand {}

    /**
     * AUTHENTICATE.
     *
     * @param mechanism in upper case
     * @param initialResponse decoded; null when there is none, which isn't the same as an empty one (RFC 4959 §3)
     */
    record Authenticate(String mechanism, @Nullable Octets initialResponse) implements ImapCommand {
        public Authenticate {
            Grammar.atom(mechanism);
            mechanism = Grammar.upper(mechanism);
        }
    }

    /** LOGIN. Its text form leaves the password out. */
    record Login(String user, String password) implements ImapCommand {
        public Login {
            Grammar.string(user);
            Grammar.string(password);
        }

        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    // RFC 9051 §6.3, authenticated

    /** ENABLE with at least one capability, spelled as the client spelled them. */
    record Enable(List<String> capabilities) implements ImapCommand {
        public Enable {
            capabilities = List.copyOf(capabilities);
            capabilities.forEach(Grammar::atom);
            if (capabilities.isEmpty()) {
                throw new IllegalArgumentException("nothing to enable");
            }
        }
    }

    /**
     * SELECT, or EXAMINE when {@code readOnly}.
     *
     * @param condstore RFC 7162 §3.1.8
     * @param qresync RFC 7162 §3.2.5, or null
     */
    record Select(
            String mailbox,
            boolean readOnly,
            boolean condstore,
            @Nullable QresyncParameter qresync) implements ImapCommand {
        public Select {
            Grammar.mailbox(mailbox);
        }
    }

    /**
     * CREATE.
     *
     * @param uses special-use attributes as the client spelled them, such as {@code \Archive}; RFC 6154 §3
     */
    record Create(String mailbox, List<String> uses) implements ImapCommand {
        public Create {
            Grammar.mailbox(mailbox);
            uses = List.copyOf(uses);
            uses.forEach(Grammar::flag);
        }
    }

    record Delete(String mailbox) implements ImapCommand {
        public Delete {
            Grammar.mailbox(mailbox);
        }
    }

    record Rename(String from, String to) implements ImapCommand {
        public Rename {
            Grammar.mailbox(from);
            Grammar.mailbox(to);
        }
    }

    record Subscribe(String mailbox) implements ImapCommand {
        public Subscribe {
            Grammar.mailbox(mailbox);
        }
    }

    record Unsubscribe(String mailbox) implements ImapCommand {
        public Unsubscribe {
            Grammar.mailbox(mailbox);
        }
    }

    /**
     * LIST, RFC 9051 §6.3.9 and RFC 5258.
     *
     * @param extended some of the extended syntax was used, so that an empty pattern has no special meaning; true when
     *     there are options or several patterns
     * @param selection never RECURSIVEMATCH with neither SUBSCRIBED nor SPECIAL_USE
     * @param patterns at least one
     * @param returns without repeats
     */
    record ListMailboxes(
            boolean extended,
            Set<ListSelection> selection,
            String reference,
            List<ListPattern> patterns,
            List<ListReturn> returns)
            implements ImapCommand {
        public ListMailboxes {
            Grammar.mailbox(reference);
            selection = ordered(ListSelection.class, selection);
            patterns = List.copyOf(patterns);
            returns = List.copyOf(returns);
            if (patterns.isEmpty()) {
                throw new IllegalArgumentException("no pattern");
            }
            if (!extended && (!selection.isEmpty() || !returns.isEmpty() || patterns.size() > 1)) {
                throw new IllegalArgumentException("extended syntax in a basic LIST");
            }
            // RFC 9051 §6.3.9.1: RECURSIVEMATCH needs an option that isn't REMOTE.
            if (selection.contains(ListSelection.RECURSIVEMATCH)
                    && !selection.contains(ListSelection.SUBSCRIBED)
                    && !selection.contains(ListSelection.SPECIAL_USE)) {
                throw new IllegalArgumentException("RECURSIVEMATCH alone");
            }
        }

        /** The basic form. */
        public ListMailboxes(String reference, String pattern) {
            this(false, Set.of(), reference, List.of(new ListPattern(pattern)), List.of());
        }
    }

    /** LSUB, RFC 3501 §6.3.9. */
    record Lsub(String reference, ListPattern pattern) implements ImapCommand {
        public Lsub {
            Grammar.mailbox(reference);
        }
    }

    record Namespace() implements ImapCommand {}

    /** STATUS with at least one item. */
    record Status(String mailbox, List<StatusItem> items) implements ImapCommand {
        public Status {
            Grammar.mailbox(mailbox);
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("no status item");
            }
        }
    }

    /**
     * APPEND up to the first message's octets. More messages may follow, RFC 3502; see
     * {@link ImapDecoder#decodeAppendRest}.
     */
    record Append(String mailbox, AppendMessage first) implements ImapCommand {
        public Append {
            Grammar.mailbox(mailbox);
        }
    }

    record Idle() implements ImapCommand {}

    // RFC 9051 §6.4, selected

    /** RFC 3501 §6.4.1. */
    record Check() implements ImapCommand {}

    record Close() implements ImapCommand {}

    record Unselect() implements ImapCommand {}

    record Expunge() implements ImapCommand {}

    record UidExpunge(SequenceSet uids) implements ImapCommand {}

    /**
     * SEARCH or UID SEARCH.
     *
     * @param returns null without RETURN; never empty, since {@code RETURN ()} is {@code RETURN (ALL)}
     * @param charset as the client spelled it, or null
     */
    record Search(
            boolean uid,
            @Nullable Set<SearchReturn> returns,
            @Nullable String charset,
            SearchKey key) implements ImapCommand {
        public Search {
            if (returns != null) {
                returns = ordered(SearchReturn.class, returns);
                if (returns.isEmpty()) {
                    throw new IllegalArgumentException("nothing to return");
                }
            }
            if (charset != null) {
                Grammar.string(charset);
            }
        }
    }

    /**
     * FETCH or UID FETCH.
     *
     * @param items at least one
     * @param changedSince RFC 7162 §3.1.4.1; negative when absent
     * @param vanished RFC 7162 §3.2.6; only with a UID FETCH and changedSince
     */
    record Fetch(boolean uid, SequenceSet set, List<FetchItem> items, long changedSince, boolean vanished)
            implements ImapCommand {
        public Fetch {
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("nothing to fetch");
            }
            if (vanished && (!uid || changedSince < 0)) {
                throw new IllegalArgumentException("VANISHED without UID FETCH and CHANGEDSINCE");
            }
            changedSince = Math.max(ABSENT, changedSince);
        }

        /** Without modifiers. */
        public Fetch(boolean uid, SequenceSet set, List<FetchItem> items) {
            this(uid, set, items, ABSENT, false);
        }
    }

    /**
     * STORE or UID STORE.
     *
     * @param silent {@code .SILENT}
     * @param unchangedSince RFC 7162 §3.1.3; negative when absent
     */
    record Store(boolean uid, SequenceSet set, FlagEdit edit, boolean silent, long unchangedSince)
            implements ImapCommand {
        public Store {
            unchangedSince = Math.max(ABSENT, unchangedSince);
        }

        /** Without UNCHANGEDSINCE. */
        public Store(boolean uid, SequenceSet set, FlagEdit edit, boolean silent) {
            this(uid, set, edit, silent, ABSENT);
        }
    }

    record Copy(boolean uid, SequenceSet set, String mailbox) implements ImapCommand {
        public Copy {
            Grammar.mailbox(mailbox);
        }
    }

    record Move(boolean uid, SequenceSet set, String mailbox) implements ImapCommand {
        public Move {
            Grammar.mailbox(mailbox);
        }
    }

    private static <E extends Enum<E>> Set<E> ordered(Class<E> type, Set<E> values) {
        EnumSet<E> set = EnumSet.noneOf(type);
        set.addAll(new ArrayList<>(values));
        return Collections.unmodifiableSet(set);
    }
}
