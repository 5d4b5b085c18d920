package org.moxmail.message.dsn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.moxmail.message.BodyComposer;
import org.moxmail.message.ComposeOptions;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;

/**
 * The octets of a message or its header that are returned, and what transport has to know of them.
 *
 * @param from where they begin in the content
 * @param to where they end
 * @param headerOnly whether it's the header
 * @param utf8 whether header fields have octets above 127, RFC 6532
 * @param eightBit whether any octets are above 127
 * @param binary whether there is what lines of text may not have, RFC 2045 §2.8
 */
record ReturnedContent(
        MessageContent content,
        long from,
        long to,
        boolean headerOnly,
        boolean utf8,
        boolean eightBit,
        boolean binary) {
    /** Octets of a line without CRLF, RFC 5322 §2.1.1. */
    private static final int LINE = 998;

    static ReturnedContent of(MessageContent content, Part message, boolean headerOnly) throws IOException {
        long from = message.headerOffset();
        long to = headerOnly ? headerEnd(content, message) : message.endOffset();
        Scan scan = new Scan();
        scan.read(content, from, to);
        boolean utf8 = scan.eightBit && (headerOnly || hasUtf8Header(content, message));
        return new ReturnedContent(content, from, to, headerOnly, utf8, scan.eightBit, scan.binary());
    }

    /** Before the empty line, RFC 6522 §4. */
    private static long headerEnd(MessageContent content, Part message) throws IOException {
        long end = message.bodyOffset();
        int length = (int) Math.min(4, end - message.headerOffset());
        byte[] last = PartBody.raw(content, end - length, end).readNBytes(length);
        String text = new String(last, StandardCharsets.ISO_8859_1);
        if (text.endsWith("\n\r\n") || text.equals("\r\n")) {
            return end - 2;
        }
        return text.endsWith("\n\n") || text.equals("\n") ? end - 1 : end;
    }

    private static boolean hasUtf8Header(MessageContent content, Part part) throws IOException {
        Scan scan = new Scan();
        scan.read(content, part.headerOffset(), part.bodyOffset());
        boolean found = scan.eightBit;
        for (Part child : part.parts()) {
            found = found || hasUtf8Header(content, child);
        }
        Part message = part.message();
        return found || message != null && hasUtf8Header(content, message);
    }

    /** Looks for what isn't text of 7 bits. */
    private static final class Scan {
        private boolean eightBit;
        private boolean odd;
        private boolean afterCr;
        private int line;

        void read(MessageContent content, long from, long to) throws IOException {
            byte[] buffer = new byte[8192];
            try (InputStream octets = PartBody.raw(content, from, to)) {
                int count = octets.read(buffer);
                while (count >= 0) {
                    for (int i = 0; i < count; i++) {
                        octet(buffer[i]);
                    }
                    count = octets.read(buffer);
                }
            }
        }

        private void octet(byte octet) {
            eightBit |= octet < 0;
            boolean lineFeed = octet == '\n';
            odd |= octet == 0 || lineFeed != afterCr;
            afterCr = octet == '\r';
            line = lineFeed ? 0 : line + 1;
            // The CR is one of them.
            odd |= line > LINE + 1 || line > LINE && !afterCr;
        }

        boolean binary() {
            return odd || afterCr;
        }
    }

    private InputStream octets() {
        return PartBody.raw(content, from, to);
    }

    void write(BodyComposer parts, ComposeOptions options) throws IOException {
        boolean fits = !binary && (!utf8 || options.smtpUtf8()) && (!eightBit || options.eightBit());
        if (fits) {
            parts.identity(mediaType(), List.of(), eightBit, octets());
        } else {
            // message/rfc822 may not be encoded, RFC 2046 §5.2.1; message/global may, RFC 6532 §3.7.
            parts.octets(headerOnly ? mediaType() : "message/global", List.of(), "", List.of(), octets());
        }
    }

    private String mediaType() {
        if (headerOnly) {
            return utf8 ? "message/global-headers" : "text/rfc822-headers";
        }
        return utf8 ? "message/global" : "message/rfc822";
    }
}
