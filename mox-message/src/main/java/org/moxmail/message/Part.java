package org.moxmail.message;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entity of a MIME message (RFC 2045 §2.4): the message itself, a body part, or an embedded message. A tree of them
 * is what a parse yields. All offsets count octets from the start of the outermost message, also inside embedded
 * messages, which are parsed in place (they may not be encoded: RFC 2046 §5.2.1; one that is encoded all the same stays
 * a leaf).
 *
 * @param headerOffset where the header starts
 * @param bodyOffset where the body starts, behind the empty line; equals {@code endOffset} when there is no body
 * @param endOffset where the body ends: before the line end that belongs to the delimiter (RFC 2046 §5.1.1)
 * @param headerLines line ends in the header, the empty line's included
 * @param bodyLines line ends in the body
 * @param type the media type in lower case, {@code text} when there is no usable Content-Type
 * @param subtype the media subtype in lower case, {@code plain} when there is no usable Content-Type
 * @param parameters of Content-Type in their order; names are unique
 * @param contentId Content-ID as written, or null
 * @param description Content-Description as written and unfolded, or null
 * @param encoding Content-Transfer-Encoding in lower case, or null when there is none
 * @param md5 Content-MD5, or null
 * @param disposition Content-Disposition's type in lower case, or null
 * @param dispositionParameters of Content-Disposition in their order
 * @param languages of Content-Language
 * @param location Content-Location, or null
 * @param envelope the header fields of a message: set for the outermost entity and for the entity inside a
 *     {@code message/rfc822} or {@code message/global} part, null for other parts
 * @param parts the body parts of a multipart, in order. None for one without usable boundary or delimiter, or beyond a
 *     limit; IMAP's grammar asks for one part then too (RFC 9051 §9, body-type-mpart): tell an empty text
 * @param message the message inside a {@code message/rfc822} or {@code message/global} part, or null. Null also for one
 *     that is encoded or beyond a limit, which stays a leaf of its type; IMAP's grammar asks for an envelope and a body
 *     then too (RFC 9051 §9, body-type-msg): tell an envelope without fields and an empty text
 */
public record Part(
        long headerOffset,
        long bodyOffset,
        long endOffset,
        long headerLines,
        long bodyLines,
        String type,
        String subtype,
        List<Parameter> parameters,
        @Nullable String contentId,
        @Nullable String description,
        @Nullable String encoding,
        @Nullable String md5,
        @Nullable String disposition,
        List<Parameter> dispositionParameters,
        List<String> languages,
        @Nullable String location,
        @Nullable Envelope envelope,
        List<Part> parts,
        @Nullable Part message) {
    public Part {
        parameters = List.copyOf(parameters);
        dispositionParameters = List.copyOf(dispositionParameters);
        languages = List.copyOf(languages);
        parts = List.copyOf(parts);
    }

    /** Octets of the body as they are, still encoded. */
    public long bodySize() {
        return endOffset - bodyOffset;
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /** The value of a Content-Type parameter. */
    public Optional<String> parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }

    /** The value of a parameter of Content-Disposition. */
    public Optional<String> dispositionParameter(String name) {
        for (Parameter parameter : dispositionParameters) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }

    /**
     * The name of the file in an attachment: Content-Disposition's {@code filename}, else Content-Type's {@code name}. What
     * RFC 2231 says is decoded; encoded-words are too, which RFC 2047 §5 forbids here and many programs write. It is what
     * the sender wrote: it may have slashes and anything else.
     */
    public Optional<String> filename() {
        return dispositionParameter("filename").or(() -> parameter("name")).map(EncodedWords::decode);
    }

    /** Whether this is a message that reports on a delivery, RFC 3464 §2 and RFC 6533 §4. */
    public boolean isDeliveryReport() {
        if (!isMultipart() || !subtype.equals("report") || parts.size() < 2) {
            return false;
        }
        Part status = parts.get(1);
        return status.type.equals("message")
                && (status.subtype.equals("delivery-status") || status.subtype.equals("global-delivery-status"));
    }

    /** This part as it is when {@code octets} more stand before the whole message. */
    public Part shifted(long octets) {
        return octets == 0 ? this : moved(octets, headerOffset + octets, headerLines);
    }

    /**
     * This message as it is with header lines put in front of it, such as Received: they become part of its header, which
     * goes on starting where it did, while all else moves. The fields that IMAP tells stay those of the message.
     *
     * @param prefixOctets octets put in front
     * @param prefixLines line ends in them
     */
    public Part withPrefix(int prefixOctets, int prefixLines) {
        if (prefixOctets < 0 || prefixLines < 0) {
            throw new IllegalArgumentException("prefix of " + prefixOctets + " octets, " + prefixLines + " lines");
        }
        return moved(prefixOctets, headerOffset, headerLines + prefixLines);
    }

    private Part moved(long octets, long newHeaderOffset, long newHeaderLines) {
        return new Part(
                newHeaderOffset,
                bodyOffset + octets,
                endOffset + octets,
                newHeaderLines,
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
                parts.stream().map(part -> part.shifted(octets)).toList(),
                message == null ? null : message.shifted(octets));
    }
}
