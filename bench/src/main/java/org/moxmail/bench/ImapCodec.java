package org.moxmail.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.moxmail.imap.ImapDecoder;
import org.moxmail.imap.ImapEncoder;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapSyntaxException;
import org.moxmail.imap.MailboxEncoding;
import org.moxmail.imap.Octets;
import org.moxmail.imap.ResponseReader;
import org.moxmail.message.MessageLimits;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.mailbox.Flags;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * IMAP's grammar in both directions: ten commands that clients send, and 1,000 FETCH responses with flags, envelope and
 * structure of a message with two parts, written by a server and read by a client.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class ImapCodec {
    private static final int ROWS = 1000;
    private static final String MESSAGE = "From: \"Ann Example\" <ann@example.org>\r\n"
            + "To: bob@example.net, \"Carol\" <carol@example.com>\r\nSubject: Lunch on Thursday?\r\n"
            + "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <0123456789@example.org>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAt noon?\r\n"
            + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>At noon?\r\n--b--\r\n";

    private final List<Octets> commands = List.of(
                    "a1 UID FETCH 4711:4712,5000:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS"
                            + " (DATE FROM TO CC SUBJECT MESSAGE-ID REFERENCES)])",
                    "a2 UID STORE 17 +FLAGS.SILENT (\\Seen $Forwarded)",
                    "a3 SELECT \"Lists/Some long name\" (CONDSTORE)",
                    "a4 UID SEARCH RETURN (MIN COUNT) OR SUBJECT \"lunch\" (FROM ann SINCE 1-Feb-2026)",
                    "a5 NOOP",
                    "a6 LIST \"\" (\"INBOX\" \"Lists/%\") RETURN (STATUS (MESSAGES UNSEEN))",
                    "a7 STATUS Inbox (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)",
                    "a8 UID COPY 1:100 Archive",
                    "a9 IDLE",
                    "a10 FETCH 1 BODY[1.2]<0.4096>")
            .stream()
            .map(Octets::ofText)
            .toList();
    private final ImapDecoder decoder = new ImapDecoder(ImapLimits.SERVER);
    private final Flags flags = Flags.of(Flags.SEEN | Flags.FLAGGED, List.of("$Forwarded"));
    private Part structure = parsed();
    private byte[] responses = new byte[0];

    private static Part parsed() {
        byte[] octets = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(octets, 0, octets.length);
        return parser.finish();
    }

    @Setup
    public void write() throws IOException {
        structure = parsed();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        responses = out.toByteArray();
    }

    private void write(OutputStream stream) throws IOException {
        ImapEncoder out = new ImapEncoder(stream);
        for (int number = 1; number <= ROWS; number++) {
            var row = out.fetch(number).uid(number + 1000L).flags(flags);
            var envelope = structure.envelope();
            if (envelope != null) {
                row.envelope(envelope);
            }
            row.bodyStructure(structure).end();
        }
        out.flush();
    }

    /** Ten commands. */
    @Benchmark
    public void decodeCommands(Blackhole hole) throws ImapSyntaxException {
        for (Octets command : commands) {
            hole.consume(decoder.decode(command, MailboxEncoding.MODIFIED_UTF7));
        }
    }

    /** A thousand rows. */
    @Benchmark
    public void encodeFetch() throws IOException {
        write(OutputStream.nullOutputStream());
    }

    /** The same rows. */
    @Benchmark
    public void decodeFetch(Blackhole hole) throws IOException {
        ResponseReader in = new ResponseReader(new ByteArrayInputStream(responses), ImapLimits.CLIENT);
        for (int row = 0; row < ROWS; row++) {
            hole.consume(in.read(MailboxEncoding.MODIFIED_UTF7, null));
        }
    }
}
