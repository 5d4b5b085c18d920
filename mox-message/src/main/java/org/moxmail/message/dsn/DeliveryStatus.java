package org.moxmail.message.dsn;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/**
 * What the part for programs has, {@code message/delivery-status} of RFC 3464 §2.1 and
 * {@code message/global-delivery-status} of RFC 6533 §4.1. What is printed reads as the same value.
 *
 * @param originalEnvelopeId the ENVID parameter that came with the message, decoded, or null
 * @param reportingMta the server that tried to deliver the message
 * @param dsnGateway who translated a foreign notification into this one, or null
 * @param receivedFromMta the server that the message came from, by its HELO name with its address as comment; or null
 * @param arrivalDate when it came, in whole seconds; or null
 * @param extensions fields that the standards leave to others, in their order
 * @param recipients one for each recipient that is told of, at least one
 */
public record DeliveryStatus(
        @Nullable String originalEnvelopeId,
        MtaName reportingMta,
        @Nullable MtaName dsnGateway,
        @Nullable MtaName receivedFromMta,
        @Nullable OffsetDateTime arrivalDate,
        List<DsnField> extensions,
        List<DsnRecipient> recipients) {
    /** In lower case. */
    static final Set<String> FIELDS =
            Set.of("original-envelope-id", "reporting-mta", "dsn-gateway", "received-from-mta", "arrival-date");

    /** @throws IllegalArgumentException for what the standards forbid, or can't be written */
    public DeliveryStatus {
        Objects.requireNonNull(reportingMta, "reportingMta");
        extensions = List.copyOf(extensions);
        recipients = List.copyOf(recipients);
        if (originalEnvelopeId != null) {
            DsnFields.requireValue(originalEnvelopeId, "Original-Envelope-Id");
        }
        arrivalDate = DsnFields.wholeSeconds(arrivalDate);
        Set<String> known = new HashSet<>(FIELDS);
        // One of them would look like a recipient's.
        known.addAll(DsnRecipient.FIELDS);
        DsnFields.requireForeign(extensions, known);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a notification about no recipient");
        }
    }

    /**
     * Reads the octets of the part, decoded, without any leniency and within {@link DsnLimits#DEFAULT}.
     *
     * @throws SyntaxException when it strays from the grammar or is beyond a limit; the offset is in chars
     */
    public static DeliveryStatus parse(byte[] octets) throws SyntaxException {
        return new DsnReader(DsnLimits.DEFAULT, Set.of()).status(octets).status();
    }

    /** Begins with the server that tried to deliver the message. */
    public static Builder builder(MtaName reportingMta) {
        return new Builder(reportingMta);
    }

    /** Collects what there is to say. For one thread. */
    public static final class Builder {
        private final MtaName reportingMta;
        private final List<DsnField> extensions = new ArrayList<>();
        private final List<DsnRecipient> recipients = new ArrayList<>();
        private @Nullable String originalEnvelopeId;
        private @Nullable MtaName dsnGateway;
        private @Nullable MtaName receivedFromMta;
        private @Nullable OffsetDateTime arrivalDate;

        private Builder(MtaName reportingMta) {
            this.reportingMta = reportingMta;
        }

        /** The ENVID parameter that came with the message, decoded. */
        public Builder originalEnvelopeId(String id) {
            originalEnvelopeId = id;
            return this;
        }

        /** Who translated a foreign notification. */
        public Builder dsnGateway(MtaName name) {
            dsnGateway = name;
            return this;
        }

        /** The server that the message came from. */
        public Builder receivedFromMta(MtaName name) {
            receivedFromMta = name;
            return this;
        }

        /** When the message came. */
        public Builder arrivalDate(OffsetDateTime date) {
            arrivalDate = date;
            return this;
        }

        /** Adds a field that the standards leave to others, such as Future-Release-Request of RFC 4865 §5. */
        public Builder field(String name, String value) {
            extensions.add(new DsnField(name, value));
            return this;
        }

        /** Adds a recipient. */
        public Builder recipient(DsnRecipient recipient) {
            recipients.add(recipient);
            return this;
        }

        /** @throws IllegalArgumentException for what the standards forbid, or can't be written */
        public DeliveryStatus build() {
            return new DeliveryStatus(
                    originalEnvelopeId, reportingMta, dsnGateway, receivedFromMta, arrivalDate, extensions, recipients);
        }
    }

    /** Whether there is anything but ASCII, so that {@code message/global-delivery-status} is needed to tell all. */
    public boolean international() {
        return !DsnText.isAscii(print(true));
    }

    /**
     * What of this can be told in ASCII: addresses of type {@code rfc822} with other characters become such of type
     * {@code utf-8}, domains get A-labels, Localized-Diagnostic is left out, and in other text the escapes of RFC 6533 §3
     * stand for other characters, which readers leave as they are. Comments stay.
     */
    public DeliveryStatus withAsciiText() {
        return new DeliveryStatus(
                originalEnvelopeId == null ? null : DsnText.escaped(originalEnvelopeId),
                reportingMta.withAsciiText(),
                dsnGateway == null ? null : dsnGateway.withAsciiText(),
                receivedFromMta == null ? null : receivedFromMta.withAsciiText(),
                arrivalDate,
                extensions.stream().map(DsnField::withAsciiText).toList(),
                recipients.stream().map(DsnRecipient::withAsciiText).toList());
    }

    /**
     * The content of the part, with CRLF.
     *
     * @param utf8 whether it is of a {@code message/global-delivery-status}. Else what is printed is in ASCII and reads as
     *     {@link #withAsciiText}
     */
    public String print(boolean utf8) {
        DeliveryStatus printed = utf8 ? this : withAsciiText();
        StringBuilder text = new StringBuilder(printed.printMessageFields(utf8));
        for (DsnRecipient recipient : printed.recipients) {
            text.append("\r\n").append(recipient.print(utf8));
        }
        return text.toString();
    }

    private String printMessageFields(boolean utf8) {
        DsnFields fields = new DsnFields(utf8);
        fields.text("Original-Envelope-Id", originalEnvelopeId);
        fields.mta("Reporting-MTA", reportingMta);
        fields.mta("DSN-Gateway", dsnGateway);
        fields.mta("Received-From-MTA", receivedFromMta);
        fields.date("Arrival-Date", arrivalDate);
        fields.extensions(extensions);
        return fields.print();
    }
}
