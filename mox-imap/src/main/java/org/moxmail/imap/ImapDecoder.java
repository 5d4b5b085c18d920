package org.moxmail.imap;

import java.util.Optional;

/** Reads commands. */
public final class ImapDecoder {
    public ImapDecoder(ImapLimits limits) {
    }

    /** Reads the octets of a {@link Frame.Whole}, or of the first {@link Frame.Message} of an APPEND. */
    public TaggedCommand decode(Octets octets, MailboxEncoding encoding) throws ImapSyntaxException {
        throw new ImapSyntaxException(ImapSyntaxException.Kind.NO_TAG, null, 0, "a tag", "RFC 9051 §9");
    }

    /**
     * Reads what follows a message's octets in an APPEND, RFC 3502.
     *
     * @param tag the command's, for the exception
     * @param before the message's announcement
     * @return the next message, or nothing at the end of the command
     */
    public Optional<AppendMessage> decodeAppendRest(Octets octets, Tag tag, LiteralHeader before)
            throws ImapSyntaxException {
        throw new ImapSyntaxException(ImapSyntaxException.Kind.NO_TAG, tag, 0, "a tag", "RFC 9051 §9");
    }

    /** The tag that octets start with, if it is followed by a space or the end. */
    public static Optional<Tag> tag(Octets octets) {
        return Optional.empty();
    }
}
