package org.moxmail.imap;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What FETCH tells of a message, RFC 9051 §7.5.2. */
public sealed interface FetchValue {
    /** Flags and keywords as words; {@code \Recent} may be among them. */
    record FlagWords(List<String> words) implements FetchValue {
        public FlagWords {
            words = List.copyOf(words);
            words.forEach(Grammar::flag);
        }

        /** Whether a flag is among them, in any case. */
        public boolean has(String flag) {
            return words.stream().anyMatch(flag::equalsIgnoreCase);
        }
    }

    record Uid(long uid) implements FetchValue {
        public Uid {
            Grammar.nzNumber(uid);
        }
    }

    record ModSeq(long modSeq) implements FetchValue {
        public ModSeq {
            Grammar.number64(modSeq);
        }
    }

    record InternalDate(OffsetDateTime date) implements FetchValue {
        public InternalDate {
            Grammar.dateTime(date);
        }
    }

    /** RFC822.SIZE. */
    record Size(long octets) implements FetchValue {
        public Size {
            Grammar.number64(octets);
        }
    }

    record Envelope(org.moxmail.message.Envelope envelope) implements FetchValue {}

    /**
     * BODYSTRUCTURE, or BODY.
     *
     * @param extensible BODYSTRUCTURE
     */
    record Structure(BodyStructure structure, boolean extensible) implements FetchValue {}

    /**
     * {@code BODY[...]}.
     *
     * @param offset where the octets start in the section; negative when a partial wasn't asked for
     * @param octets null for NIL, and when they were streamed
     */
    record Section(SectionSpec spec, long offset, @Nullable Octets octets) implements FetchValue {}

    /**
     * {@code BINARY[...]}.
     *
     * @param offset where the octets start in the part; negative when a partial wasn't asked for
     * @param octets null for NIL, and when they were streamed
     */
    record Binary(List<Integer> part, long offset, @Nullable Octets octets) implements FetchValue {
        public Binary {
            part = List.copyOf(part);
        }
    }

    /** {@code BINARY.SIZE[...]}. */
    record BinarySize(List<Integer> part, long octets) implements FetchValue {
        public BinarySize {
            part = List.copyOf(part);
            Grammar.number64(octets);
        }
    }

    /**
     * RFC822, RFC822.HEADER or RFC822.TEXT of RFC 3501.
     *
     * @param item which one
     * @param octets null for NIL, and when they were streamed
     */
    record Rfc822(FetchItem.Attribute item, @Nullable Octets octets) implements FetchValue {}

    /** RFC 8514; null when the mailbox doesn't keep it. */
    record SaveDate(@Nullable OffsetDateTime date) implements FetchValue {
        public SaveDate {
            if (date != null) {
                Grammar.dateTime(date);
            }
        }
    }

    /** RFC 8970; null when there is none yet. */
    record Preview(@Nullable String text) implements FetchValue {
        public Preview {
            if (text != null) {
                Grammar.string(text);
            }
        }
    }

    /** RFC 8474 §5.1. */
    record EmailId(String id) implements FetchValue {
        public EmailId {
            Grammar.objectId(id);
        }
    }

    /** RFC 8474 §5.2; null when threads aren't known. */
    record ThreadId(@Nullable String id) implements FetchValue {
        public ThreadId {
            if (id != null) {
                Grammar.objectId(id);
            }
        }
    }
}
