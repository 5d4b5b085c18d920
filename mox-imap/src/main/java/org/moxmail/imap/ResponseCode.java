package org.moxmail.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is between the brackets of a status response, RFC 9051 §7.1, RFC 5530 and extensions. */
public sealed interface ResponseCode {
    /** The code's word, in upper case. */
    String keyword();

    /** The codes that are one word. */
    enum Word implements ResponseCode {
        ALERT("ALERT"),
        ALREADYEXISTS("ALREADYEXISTS"),
        AUTHENTICATIONFAILED("AUTHENTICATIONFAILED"),
        AUTHORIZATIONFAILED("AUTHORIZATIONFAILED"),
        CANNOT("CANNOT"),
        CLIENTBUG("CLIENTBUG"),
        CLOSED("CLOSED"),
        /** RFC 4978 §3. */
        COMPRESSIONACTIVE("COMPRESSIONACTIVE"),
        CONTACTADMIN("CONTACTADMIN"),
        CORRUPTION("CORRUPTION"),
        EXPIRED("EXPIRED"),
        EXPUNGEISSUED("EXPUNGEISSUED"),
        HASCHILDREN("HASCHILDREN"),
        INUSE("INUSE"),
        LIMIT("LIMIT"),
        /** RFC 7162 §3.1.2.2. */
        NOMODSEQ("NOMODSEQ"),
        NONEXISTENT("NONEXISTENT"),
        NOPERM("NOPERM"),
        /** RFC 5465 §5.8. */
        NOTIFICATIONOVERFLOW("NOTIFICATIONOVERFLOW"),
        NOTSAVED("NOTSAVED"),
        OVERQUOTA("OVERQUOTA"),
        PARSE("PARSE"),
        PRIVACYREQUIRED("PRIVACYREQUIRED"),
        READ_ONLY("READ-ONLY"),
        READ_WRITE("READ-WRITE"),
        SERVERBUG("SERVERBUG"),
        /** RFC 7888 §4. */
        TOOBIG("TOOBIG"),
        TRYCREATE("TRYCREATE"),
        /** RFC 9586 §3.1. */
        UIDREQUIRED("UIDREQUIRED"),
        UIDNOTSTICKY("UIDNOTSTICKY"),
        UNAVAILABLE("UNAVAILABLE"),
        UNKNOWN_CTE("UNKNOWN-CTE"),
        /** RFC 6154 §3. */
        USEATTR("USEATTR");

        private final String keyword;

        Word(String keyword) {
            this.keyword = keyword;
        }

        @Override
        public String keyword() {
            return keyword;
        }
    }

    /** The charsets that the server knows; may be empty. */
    record BadCharset(List<String> charsets) implements ResponseCode {
        public BadCharset {
            charsets = List.copyOf(charsets);
            charsets.forEach(Grammar::string);
        }

        @Override
        public String keyword() {
            return "BADCHARSET";
        }
    }

    record Capability(List<String> capabilities) implements ResponseCode {
        public Capability {
            capabilities = List.copyOf(capabilities);
            capabilities.forEach(Grammar::atom);
        }

        @Override
        public String keyword() {
            return "CAPABILITY";
        }
    }

    /** Flags and keywords as words; {@code \*} means that the client may make up keywords. */
    record PermanentFlags(List<String> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
            for (String flag : flags) {
                if (!flag.equals("\\*")) {
                    Grammar.flag(flag);
                }
            }
        }

        @Override
        public String keyword() {
            return "PERMANENTFLAGS";
        }
    }

    record UidNext(long uid) implements ResponseCode {
        public UidNext {
            Grammar.nzNumber(uid);
        }

        @Override
        public String keyword() {
            return "UIDNEXT";
        }
    }

    record UidValidity(long uidValidity) implements ResponseCode {
        public UidValidity {
            Grammar.nzNumber(uidValidity);
        }

        @Override
        public String keyword() {
            return "UIDVALIDITY";
        }
    }

    /** The number of the first unseen message, RFC 3501 §7.1. */
    record Unseen(long number) implements ResponseCode {
        public Unseen {
            Grammar.nzNumber(number);
        }

        @Override
        public String keyword() {
            return "UNSEEN";
        }
    }

    /** RFC 7162 §3.1.2.1. */
    record HighestModSeq(long modSeq) implements ResponseCode {
        public HighestModSeq {
            Grammar.number64(modSeq);
        }

        @Override
        public String keyword() {
            return "HIGHESTMODSEQ";
        }
    }

    /** Which messages STORE left alone, RFC 7162 §3.1.3: UIDs after UID STORE, else message numbers. */
    record Modified(SequenceSet set) implements ResponseCode {
        public Modified {
            plain(set);
        }

        @Override
        public String keyword() {
            return "MODIFIED";
        }
    }

    /** RFC 9051 §7.1. */
    record AppendUid(long uidValidity, SequenceSet uids) implements ResponseCode {
        public AppendUid {
            Grammar.nzNumber(uidValidity);
            plain(uids);
        }

        @Override
        public String keyword() {
            return "APPENDUID";
        }
    }

    /** RFC 9051 §7.1: the n-th number of source became the n-th of destination. */
    record CopyUid(long uidValidity, SequenceSet source, SequenceSet destination) implements ResponseCode {
        public CopyUid {
            Grammar.nzNumber(uidValidity);
            plain(source);
            plain(destination);
        }

        @Override
        public String keyword() {
            return "COPYUID";
        }
    }

    /**
     * RFC 9585 §4.
     *
     * @param tag of the command, or null
     * @param progress how much is done; negative when unknown
     * @param goal how much there is to do, above 0; negative when unknown
     */
    record InProgress(@Nullable Tag tag, long progress, long goal) implements ResponseCode {
        @Override
        public String keyword() {
            return "INPROGRESS";
        }
    }

    /** RFC 8474 §4.1. */
    record MailboxId(String id) implements ResponseCode {
        public MailboxId {
            Grammar.objectId(id);
        }

        @Override
        public String keyword() {
            return "MAILBOXID";
        }
    }

    /**
     * Any other code.
     *
     * @param keyword an atom
     * @param text what follows it, without {@code ]}, or null
     */
    record Other(String keyword, @Nullable String text) implements ResponseCode {
        public Other {
            Grammar.atom(keyword);
            keyword = Grammar.upper(keyword);
            if (text != null && Grammar.line(text).indexOf(']') >= 0) {
                throw new IllegalArgumentException("] in a response code");
            }
        }
    }

    /** The code of a word: one of {@link Word}, or {@link Other}. */
    static ResponseCode of(String keyword) {
        String upper = Grammar.upper(keyword);
        for (Word word : Word.values()) {
            if (word.keyword.equals(upper)) {
                return word;
            }
        }
        return new Other(upper, null);
    }

    private static void plain(SequenceSet set) {
        if (set.isSaved() || set.hasStar()) {
            throw new IllegalArgumentException("* or $ in a response code");
        }
    }
}
