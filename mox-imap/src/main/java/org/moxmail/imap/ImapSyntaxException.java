package org.moxmail.imap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command that doesn't follow its grammar: answered BAD. Stackless, because a peer may send millions of them. */
public final class ImapSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** There is no readable tag. */
        NO_TAG,
        /** There is a tag, but no such command. */
        UNKNOWN_COMMAND,
        /** The command is known, but not what follows. */
        SYNTAX
    }

    private final Kind kind;
    private final transient @Nullable Tag tag;
    private final int offset;
    private final String expected;
    private final String rfc;

    ImapSyntaxException(Kind kind, @Nullable Tag tag, int offset, String expected, String rfc) {
        super(expected + " at octet " + offset + " (" + rfc + ")", null, false, false);
        this.kind = kind;
        this.tag = tag;
        this.offset = offset;
        this.expected = expected;
        this.rfc = rfc;
    }

    public Kind kind() {
        return kind;
    }

    /** The command's tag, if it could be read. */
    public Optional<Tag> tag() {
        return Optional.ofNullable(tag);
    }

    /** Where in the frame, counted in octets from 0. */
    public int offset() {
        return offset;
    }

    /** What was expected there, in words that hold nothing of the input. */
    public String expected() {
        return expected;
    }

    /** The section of the standard that says so. */
    public String rfc() {
        return rfc;
    }
}
