package org.moxmail.message.dsn;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;

/**
 * A delivery status notification that came as mail, RFC 3464 §2. Parts are ranges of its octets.
 *
 * @param status what became of the message
 * @param explanation the part for people, if there is one
 * @param returned the part with the message that the notification is about, or with its header; if there is one
 * @param originalHeader the header of that message, as far as it was sent; without fields if it wasn't
 * @param leniencies that were needed to read it; none for one that keeps to the standards
 */
public record Dsn(
        DeliveryStatus status,
        Optional<Part> explanation,
        Optional<Part> returned,
        HeaderFields originalHeader,
        Set<DsnLeniency> leniencies) {
    public Dsn {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(returned, "returned");
        Objects.requireNonNull(originalHeader, "originalHeader");
        leniencies = Set.copyOf(leniencies);
    }

    /**
     * Reads the notification of a message, with every {@link DsnLeniency} and within {@link DsnLimits#DEFAULT}.
     *
     * @throws SyntaxException when there is none, or it strays too far from the grammar, or is beyond a limit
     * @throws IOException when the message can't be read
     */
    public static Dsn parse(MessageContent message) throws IOException, SyntaxException {
        return new DsnReader(DsnLimits.DEFAULT, EnumSet.allOf(DsnLeniency.class)).parse(message);
    }

    /** Whether the whole message was returned, not only its header. */
    public boolean returnedWhole() {
        return returned.map(part ->
                        part.subtype().equals("rfc822") || part.subtype().equals("global"))
                .orElse(false);
    }
}
