package org.moxmail.imap;

/** What {@link Fragmenter#read} found. */
public sealed interface Frame {
    /**
     * A whole command, for {@link ImapDecoder#decode}.
     *
     * @param octets as they came, literals inline, without the last line end
     * @param bareLf some line ended in LF without CR
     */
    record Whole(Octets octets, boolean bareLf) implements Frame {}

    /**
     * An APPEND up to the announcement of a message's octets, for {@link ImapDecoder#decode}; or, after a message's
     * octets, the part up to the next announcement, for {@link ImapDecoder#decodeAppendRest}. The octets are then taken by
     * {@link Fragmenter#literal} or refused by {@link Fragmenter#refuse}.
     *
     * @param octets as they came, the announcement included, without its line end
     * @param bareLf some line ended in LF without CR
     * @param literal the announcement
     */
    record Message(Octets octets, boolean bareLf, LiteralHeader literal) implements Frame {}

    /**
     * A command beyond the limits, which was dropped.
     *
     * @param octets its beginning, from which {@link ImapDecoder#tag} may read the tag
     * @param what in words
     * @param inStep the next read finds the next command; else the connection has to be closed after a BYE
     */
    record TooBig(Octets octets, String what, boolean inStep) implements Frame {}

    /** The peer closed its side, at the start of a command or within one. */
    record End(boolean within) implements Frame {}
}
