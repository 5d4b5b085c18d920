package org.moxmail.imap;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.mailbox.UidSet;

/** A response, RFC 9051 §7. Mailbox names are decoded; strings are as {@link org.moxmail.message.HeaderText} has them. */
public sealed interface ImapResponse {
    /** How a command or a connection fares, RFC 9051 §7.1. */
    enum Status {
        OK,
        NO,
        BAD,
        PREAUTH,
        BYE
    }

    /** {@code + text}: the server waits for the rest of a command. */
    record Continuation(String text) implements ImapResponse {
        public Continuation {
            Grammar.line(text);
        }
    }

    /** Ends a command: OK, NO or BAD with its tag. */
    record Tagged(Tag tag, Status status, @Nullable ResponseCode code, String text) implements ImapResponse {
        public Tagged {
            Grammar.line(text);
            if (status == Status.BYE || status == Status.PREAUTH) {
                throw new IllegalArgumentException("tagged " + status);
            }
        }
    }

    /** A status response without a tag. */
    record Condition(Status status, @Nullable ResponseCode code, String text) implements ImapResponse {
        public Condition {
            Grammar.line(text);
        }
    }

    record Capability(List<String> capabilities) implements ImapResponse {
        public Capability {
            capabilities = List.copyOf(capabilities);
            capabilities.forEach(Grammar::atom);
        }
    }

    /** RFC 9051 §7.2.1. */
    record Enabled(List<String> capabilities) implements ImapResponse {
        public Enabled {
            capabilities = List.copyOf(capabilities);
            capabilities.forEach(Grammar::atom);
        }
    }

    record Id(List<IdField> fields) implements ImapResponse {
        public Id {
            fields = List.copyOf(fields);
        }
    }

    /** The flags and keywords of the selected mailbox, as words. */
    record FlagList(List<String> words) implements ImapResponse {
        public FlagList {
            words = List.copyOf(words);
            words.forEach(Grammar::flag);
        }
    }

    record Listed(ListEntry entry) implements ImapResponse {}

    /** RFC 3501 §7.2.3. */
    record Lsub(ListEntry entry) implements ImapResponse {}

    record Namespace(List<NamespaceEntry> personal, List<NamespaceEntry> otherUsers, List<NamespaceEntry> shared)
            implements ImapResponse {
        public Namespace {
            personal = List.copyOf(personal);
            otherUsers = List.copyOf(otherUsers);
            shared = List.copyOf(shared);
        }
    }

    /**
     * STATUS.
     *
     * @param numbers what is told, MAILBOXID excepted; {@link StatusItem#APPENDLIMIT} is negative for NIL
     * @param mailboxId RFC 8474 §4.3, or null
     */
    record MailboxStatus(
            String mailbox,
            Map<StatusItem, Long> numbers,
            @Nullable String mailboxId) implements ImapResponse {
        public MailboxStatus {
            Grammar.mailbox(mailbox);
            if (numbers.containsKey(StatusItem.MAILBOXID)) {
                throw new IllegalArgumentException("MAILBOXID isn't a number");
            }
            EnumMap<StatusItem, Long> ordered = new EnumMap<>(StatusItem.class);
            ordered.putAll(numbers);
            ordered.forEach((item, number) -> {
                if (number < 0 && item != StatusItem.APPENDLIMIT) {
                    throw new IllegalArgumentException("negative " + item);
                }
            });
            numbers = Collections.unmodifiableMap(ordered);
            if (mailboxId != null) {
                Grammar.objectId(mailboxId);
            }
        }
    }

    /**
     * SEARCH of RFC 3501 §7.2.5.
     *
     * @param modSeq the highest of the messages found, RFC 7162 §3.1.5; negative when absent
     */
    record Search(UidSet numbers, long modSeq) implements ImapResponse {}

    /** RFC 9051 §7.3.4. */
    record Esearch(EsearchResult result) implements ImapResponse {}

    record Exists(long count) implements ImapResponse {
        public Exists {
            Grammar.number(count);
        }
    }

    /** RFC 3501 §7.3.2. */
    record Recent(long count) implements ImapResponse {
        public Recent {
            Grammar.number(count);
        }
    }

    record Expunge(long number) implements ImapResponse {
        public Expunge {
            Grammar.nzNumber(number);
        }
    }

    /**
     * RFC 7162 §3.2.10.
     *
     * @param earlier before this session
     */
    record Vanished(boolean earlier, UidSet uids) implements ImapResponse {}

    /**
     * FETCH.
     *
     * @param number the message's number
     * @param values in their order
     */
    record Fetch(long number, List<FetchValue> values) implements ImapResponse {
        public Fetch {
            Grammar.nzNumber(number);
            values = List.copyOf(values);
        }
    }

    /**
     * An untagged response that this library doesn't know.
     *
     * @param keyword its word, in upper case
     * @param text all that follows the {@code *}, literals included, without the line end
     */
    record Other(String keyword, Octets text) implements ImapResponse {}
}
