package org.moxmail.imap.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.FetchWriter;
import org.moxmail.imap.Partial;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SectionSpec;
import org.moxmail.message.DecodedStream;
import org.moxmail.message.HeaderSelector;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;

/**
 * Octets of a message that are to be sent. Everything that can go wrong with the request is found when it is made, before
 * the response begins.
 */
sealed interface Section {
    /** Writes them as a value of a FETCH response. */
    void write(FetchWriter out, FetchItem item, MessageContent content) throws IOException;

    /** The request can't be fulfilled. */
    record Missing(Answer answer) implements Section {
        @Override
        public void write(FetchWriter out, FetchItem item, MessageContent content) {
            throw new IllegalStateException("a section that isn't there");
        }
    }

    /** A range of the message. */
    record Range(long position, long length) implements Section {
        @Override
        public void write(FetchWriter out, FetchItem item, MessageContent content) throws IOException {
            out.octets(item, content, position, length);
        }
    }

    /** Octets in memory. */
    record Bytes(byte[] octets, int from, int to) implements Section {
        @Override
        public void write(FetchWriter out, FetchItem item, MessageContent content) throws IOException {
            out.octets(item, octets, from, to);
        }
    }

    /**
     * A part without its transfer encoding, behind some octets.
     *
     * @param offset octets to be left out at the start
     * @param nul there may be NUL among them
     */
    record Decoded(byte[] before, Part part, long offset, long length, boolean nul) implements Section {
        @Override
        public void write(FetchWriter out, FetchItem item, MessageContent content) throws IOException {
            try (InputStream in = Objects.requireNonNull(open(content, before, part), "known when it was measured")) {
                in.skipNBytes(offset);
                out.octets(item, in, length, nul);
            }
        }
    }

    /** The section of BODY[]. */
    static Section whole(@Nullable Partial partial, MessageContent content) {
        return range(0, content.size(), partial);
    }

    /** The section of BODY[...] and of the RFC822 items. */
    static Section of(SectionSpec spec, @Nullable Partial partial, MessageContent content, Part message, int limit)
            throws IOException {
        Part part = Parts.find(message, spec.part());
        if (part == null) {
            return missing("no such part");
        }
        boolean whole = spec.part().isEmpty();
        if (spec.kind() == SectionSpec.Kind.ALL) {
            return whole ? range(0, content.size(), partial) : range(part.bodyOffset(), part.endOffset(), partial);
        }
        if (spec.kind() == SectionSpec.Kind.MIME) {
            // A part's header is wanted as it is, since a signature covers it (RFC 1847 §2.1). That of a message which
            // is
            // itself the part is the message's header, of which only some fields are MIME's.
            return part.envelope() == null
                    ? range(part.headerOffset(), part.bodyOffset(), partial)
                    : bytes(Parts.mimeHeader(content, part, limit), partial);
        }
        Part of = whole ? part : part.message();
        if (of == null) {
            return missing("the part isn't a message");
        }
        return switch (spec.kind()) {
            case HEADER -> range(of.headerOffset(), of.bodyOffset(), partial);
            case TEXT -> range(of.bodyOffset(), of.endOffset(), partial);
            default -> fields(spec, partial, content, of, limit);
        };
    }

    private static Section fields(
            SectionSpec spec, @Nullable Partial partial, MessageContent content, Part message, int limit)
            throws IOException {
        if (message.bodyOffset() - message.headerOffset() > limit) {
            return new Missing(Answer.no(ResponseCode.Word.LIMIT, "the header is too long to be searched"));
        }
        boolean not = spec.kind() == SectionSpec.Kind.HEADER_FIELDS_NOT;
        ByteArrayOutputStream selected = new ByteArrayOutputStream();
        new HeaderSelector(spec.fields(), not).copy(content, message, selected);
        return bytes(selected.toByteArray(), partial);
    }

    private static Section missing(String why) {
        return new Missing(Answer.no(why));
    }

    private static Section range(long from, long to, @Nullable Partial partial) {
        long size = to - from;
        long skipped = partial == null ? 0 : Math.min(partial.offset(), size);
        long length = partial == null ? size : Math.min(partial.count(), size - skipped);
        return new Range(from + skipped, length);
    }

    private static Section bytes(byte[] octets, @Nullable Partial partial) {
        int skipped = partial == null ? 0 : (int) Math.min(partial.offset(), octets.length);
        int length = partial == null ? octets.length : (int) Math.min(partial.count(), octets.length - skipped);
        return new Bytes(octets, skipped, skipped + length);
    }

    /** The section of BINARY[...], RFC 3516. */
    static Section binary(
            List<Integer> numbers, @Nullable Partial partial, MessageContent content, Part message, int limit)
            throws IOException {
        Section found = decoded(numbers, content, message, limit);
        if (!(found instanceof Decoded whole) || partial == null) {
            return found;
        }
        long skipped = Math.min(partial.offset(), whole.length());
        return new Decoded(
                whole.before(),
                whole.part(),
                skipped,
                Math.min(partial.count(), whole.length() - skipped),
                whole.nul());
    }

    /** The size that BINARY[...] has: a {@link Decoded} or what is wrong. */
    static Section decoded(List<Integer> numbers, MessageContent content, Part message, int limit) throws IOException {
        Part part = Parts.find(message, numbers);
        if (part == null) {
            return missing("no such part");
        }
        boolean whole = numbers.isEmpty();
        if (!whole && (part.isMultipart() || part.message() != null)) {
            // RFC 9051 §6.4.5: leaf body parts only.
            return missing("the part consists of parts");
        }
        byte[] before = new byte[0];
        if (whole) {
            if (part.bodyOffset() - part.headerOffset() > limit) {
                return new Missing(Answer.no(ResponseCode.Word.LIMIT, "the header is too long to be searched"));
            }
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            new HeaderSelector(List.of("Content-Transfer-Encoding"), true).copy(content, part, header);
            before = header.toByteArray();
        }
        InputStream decoded = open(content, before, part);
        if (decoded == null) {
            return new Missing(Answer.no(ResponseCode.Word.UNKNOWN_CTE, "the transfer encoding isn't known"));
        }
        try (InputStream in = decoded) {
            return measure(in, before, part);
        }
    }

    private static Section measure(InputStream in, byte[] before, Part part) throws IOException {
        byte[] block = new byte[8192];
        long size = 0;
        boolean nul = false;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            size += count;
            for (int i = 0; i < count && !nul; i++) {
                nul = block[i] == 0;
            }
        }
        return new Decoded(before, part, 0, size, nul);
    }

    /** The octets before and the decoded body; null when the encoding isn't known. */
    private static @Nullable InputStream open(MessageContent content, byte[] before, Part part) {
        InputStream body;
        if (part.isMultipart() || part.message() != null) {
            // RFC 2045 §6.4: what consists of parts is never encoded itself.
            body = PartBody.raw(content, part);
        } else {
            Optional<DecodedStream> decoded = PartBody.decoded(content, part);
            if (decoded.isEmpty()) {
                return null;
            }
            body = decoded.get();
        }
        return before.length == 0 ? body : new SequenceInputStream(new ByteArrayInputStream(before), body);
    }
}
