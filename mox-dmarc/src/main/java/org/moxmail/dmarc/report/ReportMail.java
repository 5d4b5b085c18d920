package org.moxmail.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.DecodedStream;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageParser;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;
import org.moxmail.message.report.BoundedInput;

/**
 * Finds the aggregate report in a mail, RFC 9990 §3.5.2: the first part, however deep in multiparts, that is XML, gzip or a zip file.
 * Reporters disagree about media types, so that what a part is is told by its first octets; its type only says whether to look.
 * Attached messages are not looked into: a report that bounced is no report to us. Safe for use by any number of threads.
 */
public final class ReportMail {
    private static final String SECTION = "RFC 9990 §3.5.2";
    private static final int LOOK = 512;

    private enum Packing {
        XML,
        GZIP,
        ZIP
    }

    /**
     * A part that has a report.
     *
     * @param filename empty when it has none
     */
    private record Attachment(Part part, Packing packing, String filename) {}

    private final ReportLimits limits;

    /** Reads within these limits. */
    public ReportMail(ReportLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the report of a message into memory.
     *
     * @throws SyntaxException when there is none, or it can't be read, or is beyond the limits
     * @throws IOException when the message can't be read
     */
    public AggregateReport parse(MessageContent message) throws IOException, SyntaxException {
        AggregateReport.Collector collector = new AggregateReport.Collector();
        ReportFormat format = read(message, MessageParser.parse(message), collector);
        return collector.report(format);
    }

    /**
     * Reads the report of a message as it streams.
     *
     * @param part the message, as {@link MessageParser} has parsed it
     * @return by which standard it is
     * @throws SyntaxException when there is none, or it can't be read, or is beyond the limits; the visitor may have got a part
     * @throws IOException when the message can't be read
     */
    public ReportFormat read(MessageContent message, Part part, AggregateReportVisitor visitor)
            throws IOException, SyntaxException {
        Attachment attachment = find(message, part);
        if (attachment == null) {
            throw new SyntaxException(0, "a part with a report", SECTION);
        }
        try (InputStream body = body(message, attachment.part())) {
            return read(body, attachment.packing(), visitor);
        }
    }

    /** The name of the file that a message's report is in; empty when it has none, or isn't named as reports are. */
    public Optional<ReportFilename> filename(MessageContent message, Part part) throws IOException {
        Attachment attachment = find(message, part);
        if (attachment == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReportFilename.parse(attachment.filename()));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }

    /**
     * Reads a report from a file: XML, gzip or zip, as its first octets say.
     *
     * @param file read as far as needed, not closed
     * @throws SyntaxException when it is none, or beyond the limits; the visitor may have got a part
     * @throws IOException when the stream can't be read
     */
    public ReportFormat read(InputStream file, AggregateReportVisitor visitor) throws IOException, SyntaxException {
        byte[] start = file.readNBytes(LOOK);
        Packing packing = packing(start);
        if (packing == null) {
            throw new SyntaxException(0, "XML, gzip or zip", SECTION);
        }
        return read(new SequenceInputStream(new ByteArrayInputStream(start), file), packing, visitor);
    }

    private ReportFormat read(InputStream body, Packing packing, AggregateReportVisitor visitor)
            throws IOException, SyntaxException {
        InputStream bounded = new BoundedInput(body, limits.compressedBytes(), "attachment");
        try {
            return switch (packing) {
                case XML -> AggregateReport.read(bounded, limits, visitor);
                case GZIP -> AggregateReport.read(new GZIPInputStream(bounded), limits, visitor);
                case ZIP -> unzip(bounded, visitor);
            };
        } catch (ZipException | EOFException e) {
            throw new SyntaxException(0, "compressed data that is whole", SECTION);
        } catch (BoundedInput.Exceeded e) {
            throw new SyntaxException(0, String.valueOf(e.getMessage()), SECTION);
        }
    }

    private ReportFormat unzip(InputStream bounded, AggregateReportVisitor visitor)
            throws IOException, SyntaxException {
        ZipInputStream zip = new ZipInputStream(bounded);
        ZipEntry entry = next(zip);
        if (entry == null || entry.isDirectory()) {
            throw new SyntaxException(0, "a zip file with a file", SECTION);
        }
        ReportFormat format = AggregateReport.read(zip, limits, visitor);
        // What is left of the entry counts as XML: going to the next one would read it without bounds.
        InputStream rest = new BoundedInput(zip, limits.xmlBytes(), "XML");
        rest.transferTo(OutputStream.nullOutputStream());
        if (next(zip) != null) {
            throw new SyntaxException(0, "a zip file with one file", SECTION);
        }
        return format;
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException, SyntaxException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException e) {
            // What the JDK throws for names of entries that are no UTF-8.
            throw new SyntaxException(0, "a zip file with names in UTF-8", SECTION);
        }
    }

    private @Nullable Attachment find(MessageContent message, Part part) throws IOException {
        for (Part child : part.parts()) {
            Attachment found = find(message, child);
            if (found != null) {
                return found;
            }
        }
        if (part.isMultipart() || !worthALook(part)) {
            return null;
        }
        byte[] start;
        try (InputStream body = body(message, part)) {
            start = body.readNBytes(LOOK);
        }
        Packing packing = packing(start);
        return packing == null
                ? null
                : new Attachment(part, packing, part.filename().orElse(""));
    }

    private static boolean worthALook(Part part) {
        return switch (part.type()) {
            case "application" -> true;
            case "text" -> !part.subtype().equals("html");
            default -> false;
        };
    }

    static InputStream body(MessageContent message, Part part) {
        Optional<DecodedStream> decoded = PartBody.decoded(message, part);
        return decoded.isPresent() ? decoded.get() : PartBody.raw(message, part);
    }

    private static @Nullable Packing packing(byte[] start) {
        if (startsWith(start, 0, 'P', 'K', 3, 4)) {
            return Packing.ZIP;
        }
        if (startsWith(start, 0, 0x1f, 0x8b)) {
            return Packing.GZIP;
        }
        int at = startsWith(start, 0, 0xef, 0xbb, 0xbf) ? 3 : 0;
        while (at < start.length && (start[at] == ' ' || start[at] == '\t' || start[at] == '\r' || start[at] == '\n')) {
            at++;
        }
        boolean wide = startsWith(start, at, 0xfe, 0xff) || startsWith(start, at, 0xff, 0xfe);
        return wide
                        || startsWith(start, at, '<', '?', 'x', 'm', 'l')
                        || startsWith(start, at, '<', 'f', 'e', 'e', 'd', 'b')
                        || startsWith(start, at, '<', '!', '-', '-')
                ? Packing.XML
                : null;
    }

    private static boolean startsWith(byte[] octets, int from, int... expected) {
        if (octets.length - from < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((octets[from + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
