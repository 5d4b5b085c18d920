package org.moxmail.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Envelope;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.mailbox.Flags;

/**
 * Writes the values of one FETCH response (RFC 9051 §7.5.2) in the order of the calls. Each method returns this writer,
 * which is the encoder's own and serves one response after the other.
 */
public final class FetchWriter {
    private final ImapOutput out;
    private final StructureWriter structures;
    private byte[] copy = new byte[0];
    private boolean first;
    private boolean open;

    FetchWriter(ImapOutput out) {
        this.out = out;
        this.structures = new StructureWriter(out);
    }

    FetchWriter start(long number, String keyword) throws IOException {
        if (open) {
            throw new IllegalStateException("the response before wasn't ended");
        }
        open = true;
        first = true;
        out.raw("* ");
        out.number(number);
        out.raw(keyword);
        return this;
    }

    private void item(String keyword) throws IOException {
        if (!open) {
            throw new IllegalStateException("the response was ended");
        }
        if (!first) {
            out.sp();
        }
        first = false;
        out.raw(keyword);
    }

    public FetchWriter uid(long uid) throws IOException {
        item("UID ");
        out.number(uid);
        return this;
    }

    public FetchWriter modSeq(long modSeq) throws IOException {
        item("MODSEQ (");
        out.number(modSeq);
        out.octet(')');
        return this;
    }

    public FetchWriter flags(Flags flags) throws IOException {
        item("FLAGS ");
        out.flags(flags);
        return this;
    }

    /** Milliseconds since 1970, written in UTC. */
    public FetchWriter internalDate(long millis) throws IOException {
        item("INTERNALDATE ");
        out.dateTime(millis);
        return this;
    }

    /** Milliseconds since 1970, written in UTC; 0 or less for NIL, RFC 8514 §4.2. */
    public FetchWriter saveDate(long millis) throws IOException {
        item("SAVEDATE ");
        if (millis <= 0) {
            out.nil();
        } else {
            out.dateTime(millis);
        }
        return this;
    }

    /** RFC822.SIZE. */
    public FetchWriter size(long octets) throws IOException {
        item("RFC822.SIZE ");
        out.number(octets);
        return this;
    }

    public FetchWriter envelope(Envelope envelope) throws IOException {
        item("ENVELOPE ");
        structures.envelope(envelope);
        return this;
    }

    /** The same as {@link FormPrinter#envelope} printed it. */
    public FetchWriter envelope(byte[] printed) throws IOException {
        item("ENVELOPE ");
        out.octets(printed, 0, printed.length);
        return this;
    }

    public FetchWriter bodyStructure(Part structure) throws IOException {
        item("BODYSTRUCTURE ");
        structures.body(structure, true);
        return this;
    }

    /** The same as {@link FormPrinter#bodyStructure} printed it. */
    public FetchWriter bodyStructure(byte[] printed) throws IOException {
        item("BODYSTRUCTURE ");
        out.octets(printed, 0, printed.length);
        return this;
    }

    /** BODY, without extension data. */
    public FetchWriter body(Part structure) throws IOException {
        item("BODY ");
        structures.body(structure, false);
        return this;
    }

    /** RFC 8970; null when there is none yet. */
    public FetchWriter preview(@Nullable String text) throws IOException {
        item("PREVIEW ");
        out.nstring(text);
        return this;
    }

    /** RFC 8474 §5.1. */
    public FetchWriter emailId(String id) throws IOException {
        item("EMAILID (");
        out.raw(Grammar.objectId(id));
        out.octet(')');
        return this;
    }

    /** RFC 8474 §5.2; null when threads aren't known. */
    public FetchWriter threadId(@Nullable String id) throws IOException {
        item("THREADID ");
        if (id == null) {
            out.nil();
        } else {
            out.octet('(');
            out.raw(Grammar.objectId(id));
            out.octet(')');
        }
        return this;
    }

    public FetchWriter binarySize(List<Integer> part, long octets) throws IOException {
        item("BINARY.SIZE[");
        out.partNumbers(part);
        out.raw("] ");
        out.number(octets);
        return this;
    }

    /** What a client asked for as the response names it: without PEEK, with the partial's offset. */
    private void name(FetchItem item) throws IOException {
        switch (item) {
            case FetchItem.Section section -> {
                item("BODY");
                out.section(section.spec());
                offset(section.partial());
            }
            case FetchItem.Binary binary -> {
                item("BINARY[");
                out.partNumbers(binary.part());
                out.octet(']');
                offset(binary.partial());
            }
            case FetchItem.Attribute attribute -> {
                switch (attribute) {
                    case RFC822, RFC822_HEADER, RFC822_TEXT -> item(attribute.keyword());
                    default -> throw new IllegalArgumentException("no octets for " + attribute);
                }
            }
            default -> throw new IllegalArgumentException("no octets for " + item);
        }
        out.sp();
    }

    private void offset(@Nullable Partial partial) throws IOException {
        if (partial != null) {
            out.octet('<');
            out.number(partial.offset());
            out.octet('>');
        }
    }

    /**
     * A section's octets from a range of a message, which go straight to the stream.
     *
     * @param item a {@link FetchItem.Section} or {@link FetchItem.Binary}, whose partial's offset is told, or one of the
     *     attributes RFC822, RFC822.HEADER and RFC822.TEXT
     * @param position where in the message the octets start; the partial has been applied
     * @param length how many
     */
    public FetchWriter octets(FetchItem item, MessageContent content, long position, long length) throws IOException {
        name(item);
        out.announce(length, false);
        content.writeTo(out.drained(), position, length);
        return this;
    }

    /** The same from an array. */
    public FetchWriter octets(FetchItem item, byte[] octets, int from, int to) throws IOException {
        name(item);
        out.announce(to - from, false);
        out.octets(octets, from, to);
        return this;
    }

    /**
     * The same from a stream, which isn't closed.
     *
     * @param length how many octets it has at least
     * @param literal8 there may be NUL among them, RFC 9051 §4.3.1; only for BINARY
     */
    public FetchWriter octets(FetchItem item, InputStream in, long length, boolean literal8) throws IOException {
        if (literal8 && !(item instanceof FetchItem.Binary)) {
            throw new IllegalArgumentException("literal8 for " + item);
        }
        name(item);
        out.announce(length, literal8);
        if (copy.length == 0) {
            copy = new byte[8192];
        }
        long left = length;
        while (left > 0) {
            int count = in.read(copy, 0, (int) Math.min(left, copy.length));
            if (count < 0) {
                throw new EOFException("fewer octets than announced");
            }
            out.octets(copy, 0, count);
            left -= count;
        }
        return this;
    }

    /** NIL in place of the octets. */
    public FetchWriter nil(FetchItem item) throws IOException {
        name(item);
        out.nil();
        return this;
    }

    /** Ends the response. */
    public void end() throws IOException {
        if (!open) {
            throw new IllegalStateException("the response was ended");
        }
        open = false;
        out.octet(')');
        out.crlf();
    }
}
