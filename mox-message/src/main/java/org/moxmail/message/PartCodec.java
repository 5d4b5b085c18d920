package org.moxmail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The compact binary form of a {@link Part} tree with its envelopes, for storage. The first octet names the format;
 * whatever was written by an earlier format can be read for ever. Numbers are variable-length; words that are in most
 * messages take an octet. Texts come back exactly as they were. Static, for any threads.
 *
 * <p>Format 1, in order: header offset relative to where the entity around it starts, header length, body length, header
 * and body lines, type, subtype, parameters, Content-ID, description, encoding, MD5, disposition, its parameters,
 * languages, location, a mark for an envelope and the envelope, the number of parts and the parts, a mark for an embedded
 * message and that.
 */
public final class PartCodec {
    private static final int FORMAT = 1;
    /** Numbers that a part begins with. */
    private static final int OFFSETS = 5;

    /** Entities in one another at most; {@link MessageLimits#depth} has to stay below. */
    public static final int MAX_DEPTH = 1000;

    private PartCodec() {}

    /**
     * Writes a tree.
     *
     * @throws IllegalArgumentException when it is deeper than {@link #MAX_DEPTH}
     */
    public static byte[] encode(Part part) {
        PackedOutput out = new PackedOutput();
        out.octet(FORMAT);
        put(part, 0, 0, out);
        return out.octets();
    }

    /**
     * Reads a tree.
     *
     * @throws CorruptPartException when the octets aren't what {@link #encode} of this or an earlier version made; it takes
     *     memory in proportion to the octets at most
     */
    public static Part decode(byte[] octets) throws CorruptPartException {
        return decode(octets, 0, octets.length);
    }

    /** Reads a tree from some of the octets. */
    public static Part decode(byte[] octets, int from, int to) throws CorruptPartException {
        PackedInput in = begin(octets, from, to);
        Part part = part(0, 0, in);
        if (!in.atEnd()) {
            throw new CorruptPartException("something behind a part");
        }
        return part;
    }

    private static PackedInput begin(byte[] octets, int from, int to) throws CorruptPartException {
        PackedInput in = new PackedInput(octets, from, to);
        int format = in.octet();
        if (format != FORMAT) {
            throw new CorruptPartException("format " + format + " of a part");
        }
        return in;
    }

    /** Reads only the envelope of a tree's root, at a fraction of the cost; what is behind it isn't looked at. */
    public static @Nullable Envelope decodeEnvelope(byte[] octets, int from, int to) throws CorruptPartException {
        PackedInput in = begin(octets, from, to);
        for (int i = 0; i < OFFSETS; i++) {
            in.number();
        }
        in.skipText();
        in.skipText();
        skipTexts(2 * in.count(2), in);
        // Content-ID, description, encoding, MD5 and disposition.
        skipTexts(5, in);
        skipTexts(2 * in.count(2), in);
        skipTexts(in.count(1), in);
        in.skipText();
        return mark(in) ? envelope(in) : null;
    }

    private static void skipTexts(int count, PackedInput in) throws CorruptPartException {
        for (int i = 0; i < count; i++) {
            in.skipText();
        }
    }

    private static void put(Part part, long base, int depth, PackedOutput out) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("parts in one another deeper than " + MAX_DEPTH);
        }
        out.number(part.headerOffset() - base);
        out.number(part.bodyOffset() - part.headerOffset());
        out.number(part.bodySize());
        out.number(part.headerLines());
        out.number(part.bodyLines());
        out.text(part.type());
        out.text(part.subtype());
        put(part.parameters(), out);
        out.text(part.contentId());
        out.text(part.description());
        out.text(part.encoding());
        out.text(part.md5());
        out.text(part.disposition());
        put(part.dispositionParameters(), out);
        out.number(part.languages().size());
        part.languages().forEach(out::text);
        out.text(part.location());
        Envelope envelope = part.envelope();
        out.octet(envelope == null ? 0 : 1);
        if (envelope != null) {
            put(envelope, out);
        }
        out.number(part.parts().size());
        for (Part inner : part.parts()) {
            put(inner, part.headerOffset(), depth + 1, out);
        }
        Part message = part.message();
        out.octet(message == null ? 0 : 1);
        if (message != null) {
            put(message, part.headerOffset(), depth + 1, out);
        }
    }

    private static void put(List<Parameter> parameters, PackedOutput out) {
        out.number(parameters.size());
        for (Parameter parameter : parameters) {
            out.text(parameter.name());
            out.text(parameter.value());
        }
    }

    private static void put(Envelope envelope, PackedOutput out) {
        out.text(envelope.date());
        out.text(envelope.subject());
        out.text(envelope.inReplyTo());
        out.text(envelope.messageId());
        // Sender and Reply-To are mostly what From is.
        boolean sameSender = envelope.sender().equals(envelope.from());
        boolean sameReplyTo = envelope.replyTo().equals(envelope.from());
        out.octet((sameSender ? 1 : 0) | (sameReplyTo ? 2 : 0));
        addresses(envelope.from(), out);
        if (!sameSender) {
            addresses(envelope.sender(), out);
        }
        if (!sameReplyTo) {
            addresses(envelope.replyTo(), out);
        }
        addresses(envelope.to(), out);
        addresses(envelope.cc(), out);
        addresses(envelope.bcc(), out);
    }

    private static void addresses(List<MailboxAddress> addresses, PackedOutput out) {
        out.number(addresses.size());
        for (MailboxAddress address : addresses) {
            out.text(address.name());
            out.text(address.adl());
            out.text(address.localpart());
            out.text(address.host());
        }
    }

    private static Part part(long base, int depth, PackedInput in) throws CorruptPartException {
        if (depth > MAX_DEPTH) {
            throw new CorruptPartException("parts in one another deeper than " + MAX_DEPTH);
        }
        long headerOffset = sum(base, in.number());
        long bodyOffset = sum(headerOffset, in.number());
        long endOffset = sum(bodyOffset, in.number());
        long headerLines = in.number();
        long bodyLines = in.number();
        String type = word(in);
        String subtype = word(in);
        List<Parameter> parameters = parameters(in);
        String contentId = in.text();
        String description = in.text();
        String encoding = in.text();
        String md5 = in.text();
        String disposition = in.text();
        List<Parameter> dispositionParameters = parameters(in);
        List<String> languages = languages(in);
        String location = in.text();
        Envelope envelope = mark(in) ? envelope(in) : null;
        List<Part> parts = parts(headerOffset, depth, in);
        Part message = mark(in) ? part(headerOffset, depth + 1, in) : null;
        return new Part(
                headerOffset,
                bodyOffset,
                endOffset,
                headerLines,
                bodyLines,
                type,
                subtype,
                parameters,
                contentId,
                description,
                encoding,
                md5,
                disposition,
                dispositionParameters,
                languages,
                location,
                envelope,
                parts,
                message);
    }

    private static long sum(long a, long b) throws CorruptPartException {
        long sum = a + b;
        if (sum < 0) {
            throw new CorruptPartException("an offset out of range");
        }
        return sum;
    }

    private static boolean mark(PackedInput in) throws CorruptPartException {
        int mark = in.octet();
        if (mark > 1) {
            throw new CorruptPartException("a mark of " + mark);
        }
        return mark == 1;
    }

    private static String word(PackedInput in) throws CorruptPartException {
        @Nullable String text = in.text();
        if (text == null) {
            throw new CorruptPartException("a text is missing");
        }
        return Objects.requireNonNull(text);
    }

    private static List<Parameter> parameters(PackedInput in) throws CorruptPartException {
        int count = in.count(2);
        if (count == 0) {
            return List.of();
        }
        List<Parameter> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(new Parameter(word(in), word(in)));
        }
        return parameters;
    }

    private static List<String> languages(PackedInput in) throws CorruptPartException {
        int count = in.count(1);
        if (count == 0) {
            return List.of();
        }
        List<String> languages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            languages.add(word(in));
        }
        return languages;
    }

    private static List<Part> parts(long base, int depth, PackedInput in) throws CorruptPartException {
        int count = in.count(18);
        if (count == 0) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(part(base, depth + 1, in));
        }
        return parts;
    }

    private static Envelope envelope(PackedInput in) throws CorruptPartException {
        String date = in.text();
        String subject = in.text();
        String inReplyTo = in.text();
        String messageId = in.text();
        int same = in.octet();
        if (same > 3) {
            throw new CorruptPartException("marks of " + same);
        }
        List<MailboxAddress> from = addresses(in);
        List<MailboxAddress> sender = (same & 1) != 0 ? from : addresses(in);
        List<MailboxAddress> replyTo = (same & 2) != 0 ? from : addresses(in);
        List<MailboxAddress> to = addresses(in);
        List<MailboxAddress> cc = addresses(in);
        List<MailboxAddress> bcc = addresses(in);
        return new Envelope(date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageId);
    }

    private static List<MailboxAddress> addresses(PackedInput in) throws CorruptPartException {
        int count = in.count(4);
        if (count == 0) {
            return List.of();
        }
        List<MailboxAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(new MailboxAddress(in.text(), in.text(), in.text(), in.text()));
        }
        return addresses;
    }
}
