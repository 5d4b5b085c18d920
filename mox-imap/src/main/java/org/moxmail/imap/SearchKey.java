package org.moxmail.imap;

import java.time.LocalDate;
import java.util.List;
import org.moxmail.message.mailbox.Flags;

/**
 * What SEARCH looks for, RFC 9051 §6.4.4. Words that only combine others are given as what they combine:
 * {@code UNSEEN} is {@code Not(HasFlag(\Seen))}, {@code NEW} is {@code And(Recent, Not(HasFlag(\Seen)))},
 * {@code OLD} is {@code Not(Recent)}. Strings are octets as {@link org.moxmail.message.HeaderText} gives them, in the
 * search's charset.
 */
public sealed interface SearchKey {
    /** Every message. */
    record All() implements SearchKey {}

    /**
     * Messages that have a flag: {@code SEEN} and the like, or {@code KEYWORD}.
     *
     * @param flag exactly one
     */
    record HasFlag(Flags flag) implements SearchKey {
        public HasFlag {
            if (Integer.bitCount(flag.bits()) + flag.keywords().size() != 1) {
                throw new IllegalArgumentException("not one flag: " + flag);
            }
        }
    }

    /** Messages with {@code \Recent}, RFC 3501 §6.4.4. */
    record Recent() implements SearchKey {}

    /**
     * A header field has text in it; {@code FROM} and the like are {@code Header("From", text)}.
     *
     * @param value to be found anywhere in the field; empty for any field of that name
     */
    record Header(String name, String value) implements SearchKey {
        public Header {
            Grammar.string(name);
            Grammar.string(value);
        }
    }

    /** Text in the body. */
    record Body(String value) implements SearchKey {
        public Body {
            Grammar.string(value);
        }
    }

    /** Text in header or body. */
    record Text(String value) implements SearchKey {
        public Text {
            Grammar.string(value);
        }
    }

    /** Compares one of a message's dates, without time and zone. */
    record Dated(DateField field, DateRelation relation, LocalDate date) implements SearchKey {
        public Dated {
            if (date.getYear() < 0 || date.getYear() > 9999) {
                throw new IllegalArgumentException("a year that hasn't four digits: " + date);
            }
        }
    }

    /** Which date. */
    enum DateField {
        /** INTERNALDATE. */
        INTERNAL(""),
        /** The Date header field. */
        SENT("SENT"),
        /** RFC 8514 §4.3. */
        SAVED("SAVED");

        private final String prefix;

        DateField(String prefix) {
            this.prefix = prefix;
        }

        /** The first letters of the search keys. */
        public String prefix() {
            return prefix;
        }
    }

    /** How dates are compared: earlier than, on, or on and later than the given day. */
    enum DateRelation {
        BEFORE,
        ON,
        SINCE;

        /** The last letters of the search keys. */
        public String keyword() {
            return name();
        }
    }

    /** Messages of more octets. */
    record Larger(long octets) implements SearchKey {
        public Larger {
            Grammar.number64(octets);
        }
    }

    /** Messages of fewer octets. */
    record Smaller(long octets) implements SearchKey {
        public Smaller {
            Grammar.number64(octets);
        }
    }

    /** INTERNALDATE is at least so long ago, RFC 5032. */
    record Older(long seconds) implements SearchKey {
        public Older {
            Grammar.nzNumber(seconds);
        }
    }

    /** INTERNALDATE is at most so long ago, RFC 5032. */
    record Younger(long seconds) implements SearchKey {
        public Younger {
            Grammar.nzNumber(seconds);
        }
    }

    /** Mod-sequences of at least this, RFC 7162 §3.1.5. The entry name and type of that grammar are ignored. */
    record ModSeq(long modSeq) implements SearchKey {
        public ModSeq {
            Grammar.number64(modSeq);
        }
    }

    /** All or none: whether the mailbox keeps save dates, RFC 8514 §4.3. */
    record SaveDateSupported() implements SearchKey {}

    /** Message numbers. */
    record Sequence(SequenceSet set) implements SearchKey {}

    /** UIDs. */
    record Uid(SequenceSet set) implements SearchKey {}

    /** RFC 8474 §6. */
    record EmailId(String id) implements SearchKey {
        public EmailId {
            Grammar.objectId(id);
        }
    }

    /** RFC 8474 §6. */
    record ThreadId(String id) implements SearchKey {
        public ThreadId {
            Grammar.objectId(id);
        }
    }

    record Not(SearchKey key) implements SearchKey {}

    record Or(SearchKey left, SearchKey right) implements SearchKey {}

    /** All of at least two keys. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
            if (keys.size() < 2) {
                throw new IllegalArgumentException("fewer than two search keys");
            }
        }
    }

    /** Messages that don't have a flag. */
    static SearchKey hasNot(Flags flag) {
        return new Not(new HasFlag(flag));
    }
}
