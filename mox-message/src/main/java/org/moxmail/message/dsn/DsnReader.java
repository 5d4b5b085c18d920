package org.moxmail.message.dsn;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.DecodedStream;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;
import org.moxmail.message.TransferEncoding;

/**
 * Finds and reads delivery status notifications, RFC 3464 §2 and RFC 6533 §4. Memory is bounded by the limits, but for the
 * structure of the message, which has its own. For any threads.
 */
public final class DsnReader {
    private static final String SECTION = "RFC 3464 §2";

    private final DsnLimits limits;
    private final Set<DsnLeniency> allowed;

    /** Reads within these limits, and what strays from the standards in these ways only. */
    public DsnReader(DsnLimits limits, Set<DsnLeniency> leniencies) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.allowed = Set.copyOf(leniencies);
    }

    /** The status part, what stands before and behind it, and whether the mail is made as the RFC says. */
    private record Found(Part status, List<Part> siblings, int index) {}

    /**
     * Reads the notification of a message.
     *
     * @throws SyntaxException when there is none, or it strays from the grammar, or is beyond a limit; the offset is in chars
     *     of the part with the status
     * @throws IOException when the message can't be read
     */
    public Dsn parse(MessageContent message) throws IOException, SyntaxException {
        return read(message, MessageParser.parse(message));
    }

    /** As {@link #parse}, of a message that was parsed before. */
    public Dsn read(MessageContent message, Part part) throws IOException, SyntaxException {
        Found found = find(part, List.of(part), 0);
        if (found == null) {
            throw new SyntaxException(0, "a message/delivery-status part", SECTION);
        }
        Tolerance tolerance = new Tolerance(allowed);
        boolean report = part.isMultipart()
                && part.subtype().equals("report")
                && part.parameter("report-type").orElse("").equalsIgnoreCase("delivery-status");
        if (!report || !part.parts().equals(found.siblings())) {
            tolerance.use(DsnLeniency.NOT_A_REPORT, 0, "multipart/report; report-type=delivery-status", SECTION);
        } else if (found.index() != 1) {
            tolerance.use(DsnLeniency.STATUS_NOT_SECOND, 0, "the delivery status as second part", SECTION);
        }
        DeliveryStatus status = status(message, found.status(), tolerance);
        Optional<Part> returned = returned(found);
        HeaderFields header =
                returned.isPresent() ? originalHeader(message, returned.get()) : HeaderFields.of(List.of());
        return new Dsn(status, explanation(found), returned, header, tolerance.used());
    }

    /**
     * Reads the content of a part with a delivery status, decoded.
     *
     * @throws SyntaxException when it strays from the grammar, or is beyond a limit; the offset is in chars
     */
    public DsnReading status(byte[] octets) throws SyntaxException {
        Tolerance tolerance = new Tolerance(allowed);
        return new DsnReading(new StatusReader(octets, true, limits, tolerance).read(), tolerance.used());
    }

    private static @Nullable Found find(Part part, List<Part> siblings, int index) {
        if (isStatus(part)) {
            return new Found(part, siblings, index);
        }
        // Not into embedded messages: a notification that was sent on is about something else.
        for (int i = 0; i < part.parts().size(); i++) {
            Found found = find(part.parts().get(i), part.parts(), i);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isStatus(Part part) {
        return part.type().equals("message") && (part.subtype().equals("delivery-status") || isGlobalStatus(part));
    }

    private static boolean isGlobalStatus(Part part) {
        return part.subtype().equals("global-delivery-status");
    }

    private static Optional<Part> explanation(Found found) {
        Part first = found.siblings().get(0);
        boolean forPeople = first.type().equals("text") || first.isMultipart();
        return found.index() > 0 && forPeople ? Optional.of(first) : Optional.empty();
    }

    private static Optional<Part> returned(Found found) {
        for (Part part :
                found.siblings().subList(found.index() + 1, found.siblings().size())) {
            String type = part.type() + '/' + part.subtype();
            switch (type) {
                case "message/rfc822", "message/global", "message/global-headers", "text/rfc822-headers" -> {
                    return Optional.of(part);
                }
                default -> {
                    // A footer, or what else was added.
                }
            }
        }
        return Optional.empty();
    }

    private DeliveryStatus status(MessageContent message, Part part, Tolerance tolerance)
            throws IOException, SyntaxException {
        if (!isGlobalStatus(part) && isEncoded(part)) {
            tolerance.use(DsnLeniency.ENCODED_STATUS, 0, "7bit instead of an encoding", "RFC 3464 §2.1");
        }
        byte[] octets;
        try (InputStream body = body(message, part)) {
            octets = body.readNBytes(limits.statusBytes());
            if (body.read() >= 0) {
                throw new SyntaxException(octets.length, "a status of at most " + octets.length + " octets", SECTION);
            }
        }
        return new StatusReader(octets, isGlobalStatus(part), limits, tolerance).read();
    }

    private static boolean isEncoded(Part part) {
        return TransferEncoding.find(part.encoding())
                .map(encoding -> switch (encoding) {
                    case SEVEN_BIT, EIGHT_BIT, BINARY -> false;
                    case QUOTED_PRINTABLE, BASE64, UUENCODE -> true;
                })
                .orElse(false);
    }

    private static InputStream body(MessageContent message, Part part) {
        Optional<DecodedStream> decoded = PartBody.decoded(message, part);
        return decoded.isPresent() ? decoded.get() : PartBody.raw(message, part);
    }

    private HeaderFields originalHeader(MessageContent message, Part part) throws IOException {
        try (InputStream body = body(message, part)) {
            return HeaderFields.parse(body.readNBytes(limits.headerBytes()));
        }
    }
}
