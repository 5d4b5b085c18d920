package org.moxmail.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.mailbox.Flags;

/** Writes the values of one FETCH response in the order of the calls. Each method returns this writer. */
public final class FetchWriter {
    FetchWriter() {}

    public FetchWriter uid(long uid) throws IOException {
        return this;
    }

    public FetchWriter modSeq(long modSeq) throws IOException {
        return this;
    }

    public FetchWriter flags(Flags flags) throws IOException {
        return this;
    }

    /** Milliseconds since 1970, written in UTC. */
    public FetchWriter internalDate(long millis) throws IOException {
        return this;
    }

    /** Milliseconds since 1970, written in UTC; negative for NIL. */
    public FetchWriter saveDate(long millis) throws IOException {
        return this;
    }

    /** RFC822.SIZE. */
    public FetchWriter size(long octets) throws IOException {
        return this;
    }

    public FetchWriter envelope(Envelope envelope) throws IOException {
        return this;
    }

    public FetchWriter bodyStructure(Part structure) throws IOException {
        return this;
    }

    /** BODY, without extension data. */
    public FetchWriter body(Part structure) throws IOException {
        return this;
    }

    public FetchWriter preview(@Nullable String text) throws IOException {
        return this;
    }

    public FetchWriter emailId(String id) throws IOException {
        return this;
    }

    public FetchWriter threadId(@Nullable String id) throws IOException {
        return this;
    }

    public FetchWriter binarySize(List<Integer> part, long octets) throws IOException {
        return this;
    }

    /**
     * {@code BODY[...]} or an RFC822 item: a range of a message's octets, straight from the message.
     *
     * @param item {@link FetchItem.Section}, {@link FetchItem.Binary} or an attribute RFC822...; its partial's offset is written
     * @param position where in the message the octets to be written start (the partial applied by the caller)
     * @param length how many
     */
    public FetchWriter octets(FetchItem item, MessageContent content, long position, long length) throws IOException {
        return this;
    }

    /** The same with octets in memory. */
    public FetchWriter octets(FetchItem item, byte[] octets, int from, int to) throws IOException {
        return this;
    }

    /**
     * The same with a stream of {@code length} octets, which isn't closed.
     *
     * @param literal8 there may be NUL among them, RFC 9051 §4.3; only for BINARY
     */
    public FetchWriter octets(FetchItem item, InputStream in, long length, boolean literal8) throws IOException {
        return this;
    }

    /** NIL in place of the octets. */
    public FetchWriter nil(FetchItem item) throws IOException {
        return this;
    }

    /** Ends the response. */
    public void end() throws IOException {}
}
