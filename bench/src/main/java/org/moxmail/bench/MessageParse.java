package org.moxmail.bench;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.moxmail.message.MessageLimits;
import org.moxmail.message.MessageParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Parse of whole messages: ours, and Apache mime4j's streaming parser, over the same octets in arrays, each message with a new
 * parser.
 *
 * <p>Ours ({@code mox}) gets pieces of 16 KiB and gives the tree of parts with offsets, sizes and lines of each, the MIME
 * fields and parameters decoded, and envelopes with their addresses parsed.
 *
 * <p>Theirs ({@code mime4j}) is asked for each event up to the end, and bodies are read to their ends as they stand, in pieces of
 * 16 KiB: the least that a user does. Fields stay unread, so it parses but Content-Type and the like by itself.
 * {@code mime4jFields} also takes each field's name and body as text, as a user does who wants to know what we tell; addresses
 * are still not parsed.
 *
 * <p>"torture" are the messages of mox-message's tests, mostly small and odd; "large" is one of 20 MB with three attachments.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
public class MessageParse {
    /** Which messages. */
    @Param({"torture", "large"})
    public String corpus = "torture";

    private List<byte[]> messages = List.of();

    @Setup
    public void read() {
        messages = corpus.equals("large")
                ? List.of(Corpus.large())
                : Corpus.torture(Path.of(System.getProperty("mox.top", ".")));
    }

    @Benchmark
    public void mox(Blackhole hole) {
        for (byte[] message : messages) {
            var parser = new MessageParser(MessageLimits.DEFAULT);
            for (int at = 0; at < message.length; at += 16384) {
                parser.feed(message, at, Math.min(16384, message.length - at));
            }
            hole.consume(parser.finish());
        }
    }

    @Benchmark
    public void mime4j(Blackhole hole) throws Exception {
        mime4j(hole, false);
    }

    @Benchmark
    public void mime4jFields(Blackhole hole) throws Exception {
        mime4j(hole, true);
    }

    private void mime4j(Blackhole hole, boolean fields) throws Exception {
        for (byte[] message : messages) {
            var stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
            stream.parse(new ByteArrayInputStream(message));
            byte[] buffer = new byte[16384];
            for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
                hole.consume(state);
                if (fields && state == EntityState.T_FIELD) {
                    hole.consume(stream.getField().getName());
                    hole.consume(stream.getField().getBody());
                }
                if (state == EntityState.T_BODY) {
                    try (var in = stream.getInputStream()) {
                        while (in.read(buffer) > 0) {
                            hole.consume(buffer);
                        }
                    }
                }
            }
        }
    }
}
