package org.moxmail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** decode(encode(command)) is the command, whatever the encoding, the literals and the way the octets come in. */
class CommandRoundTripTest {
    private static final ImapLimits LIMITS = new ImapLimits(64 * 1024, 100 * 1024, 1_000_000, 1000, 100, 1000);

    @Provide
    Arbitrary<TaggedCommand> tagged() {
        return Values.tagged();
    }

    @Provide
    Arbitrary<AppendMessage> messages() {
        return Values.appendMessages();
    }

    @Provide
    Arbitrary<LiteralHeader> literals() {
        return Values.literals();
    }

    @Provide
    Arbitrary<Integer> chunks() {
        return Arbitraries.of(1, 2, 3, 7, 8192);
    }

    private static byte[] encode(
            TaggedCommand command, MailboxEncoding encoding, CommandEncoder.NonSynchronizing literals)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandEncoder encoder = new CommandEncoder(out, () -> {});
        encoder.encoding(encoding);
        encoder.nonSynchronizing(literals);
        encoder.write(command);
        encoder.flush();
        return out.toByteArray();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsRead(
            @ForAll("tagged") TaggedCommand command,
            @ForAll MailboxEncoding encoding,
            @ForAll CommandEncoder.NonSynchronizing literals,
            @ForAll("chunks") int chunk)
            throws Exception {
        byte[] octets = encode(command, encoding, literals);
        Fragmenter fragmenter = new Fragmenter(new Chunks(octets, chunk), LIMITS, () -> {});
        Octets frame;
        if (command.command() instanceof ImapCommand.Append append) {
            Frame.Message message = assertInstanceOf(Frame.Message.class, fragmenter.read());
            assertEquals(append.first().literal(), message.literal());
            frame = message.octets();
        } else {
            frame = assertInstanceOf(Frame.Whole.class, fragmenter.read()).octets();
            assertEquals(new Frame.End(false), fragmenter.read());
        }
        assertEquals(command, new ImapDecoder(LIMITS).decode(frame, encoding));
        assertEquals(Optional.of(command.tag()), ImapDecoder.tag(frame));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadAndWrittenAgainIsTheSameText(@ForAll("tagged") TaggedCommand command) throws Exception {
        byte[] once = encode(command, MailboxEncoding.MODIFIED_UTF7, CommandEncoder.NonSynchronizing.ALL);
        TaggedCommand read =
                new ImapDecoder(LIMITS).decode(Octets.of(once, 0, once.length - 2), MailboxEncoding.MODIFIED_UTF7);
        byte[] twice = encode(read, MailboxEncoding.MODIFIED_UTF7, CommandEncoder.NonSynchronizing.ALL);
        assertEquals(Octets.of(once), Octets.of(twice));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anotherMessageOfAnAppendIsRead(
            @ForAll("literals") LiteralHeader before, @ForAll("messages") AppendMessage next) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandEncoder encoder = new CommandEncoder(out, () -> {});
        encoder.appendMore(before, next);
        encoder.flush();
        byte[] octets = out.toByteArray();
        Octets frame = Octets.of(octets, 0, octets.length - 2);
        assertEquals(Optional.of(next), new ImapDecoder(LIMITS).decodeAppendRest(frame, new Tag("a"), before));
    }

    /** Gives at most so many octets per read. */
    static final class Chunks extends ByteArrayInputStream {
        private final int size;

        Chunks(byte[] octets, int size) {
            super(octets);
            this.size = size;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(size, length));
        }
    }
}
