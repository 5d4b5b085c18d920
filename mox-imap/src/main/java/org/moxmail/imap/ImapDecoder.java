package org.moxmail.imap;

import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/**
 * Reads commands: a pure function of the octets that {@link Fragmenter} delivers. Safe for many threads.
 *
 * <p>Lenient in few things: CHANGEDSINCE 0, {@code ID ()}, mailbox names in unencoded UTF-8 where modified UTF-7 is due.
 */
public final class ImapDecoder {
    private final ImapLimits limits;

    public ImapDecoder(ImapLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the octets of a {@link Frame.Whole}, or of the first {@link Frame.Message} of an APPEND.
     *
     * @param encoding what mailbox names are in
     */
    public TaggedCommand decode(Octets octets, MailboxEncoding encoding) throws ImapSyntaxException {
        Lexer in = lexer(octets, encoding);
        Tag tag;
        try {
            tag = new Tag(in.tag());
            // A tag runs into nothing but a space; else what was read is no tag, and must not be told back as one.
            if (!in.atEnd()) {
                in.sp();
            }
        } catch (SyntaxException e) {
            throw new ImapSyntaxException(
                    ImapSyntaxException.Kind.NO_TAG, null, e.offset(), e.expected(), "RFC 9051 §2.2.1");
        }
        int start = in.offset();
        Optional<ImapCommand> command;
        try {
            command = new CommandParser(in).command(in.word());
        } catch (SyntaxException e) {
            var kind = e.offset() == start ? ImapSyntaxException.Kind.UNKNOWN_COMMAND : ImapSyntaxException.Kind.SYNTAX;
            throw new ImapSyntaxException(kind, tag, e.offset(), e.expected(), e.rfc());
        }
        return new TaggedCommand(
                tag,
                command.orElseThrow(() -> new ImapSyntaxException(
                        ImapSyntaxException.Kind.UNKNOWN_COMMAND, tag, start, "a known command", "RFC 9051 §6")));
    }

    /**
     * Reads what follows a message's octets in an APPEND, RFC 3502: the {@link Frame} after {@link Fragmenter#literal}.
     *
     * @param tag the command's, for the exception
     * @param before the message's announcement
     * @return the next message, or nothing at the end of the command
     */
    public Optional<AppendMessage> decodeAppendRest(Octets octets, Tag tag, LiteralHeader before)
            throws ImapSyntaxException {
        Lexer in = lexer(octets, MailboxEncoding.UTF8);
        try {
            if (before.utf8()) {
                in.expect(')');
            }
            if (in.atEnd()) {
                return Optional.empty();
            }
            in.sp();
            return Optional.of(new CommandParser(in).appendMessage());
        } catch (SyntaxException e) {
            throw new ImapSyntaxException(ImapSyntaxException.Kind.SYNTAX, tag, e.offset(), e.expected(), e.rfc());
        }
    }

    private Lexer lexer(Octets octets, MailboxEncoding encoding) {
        return new Lexer(octets.array(), 0, octets.length(), encoding, limits.depth());
    }

    /** The tag that octets start with, if a space or the end follows. */
    public static Optional<Tag> tag(Octets octets) {
        byte[] array = octets.array();
        int end = 0;
        while (end < array.length && Grammar.tagChar(array[end])) {
            end++;
        }
        if (end == 0 || end < array.length && array[end] != ' ') {
            return Optional.empty();
        }
        return Optional.of(new Tag(Octets.of(array, 0, end).text()));
    }
}
