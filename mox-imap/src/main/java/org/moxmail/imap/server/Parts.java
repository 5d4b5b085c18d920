package org.moxmail.imap.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;

/** Finds body parts by their numbers, RFC 9051 §6.4.5.1. */
final class Parts {
    private Parts() {}

    /**
     * The part that has the numbers, or null. The only part of a message that isn't a multipart has number 1 and is the
     * message itself.
     */
    static @Nullable Part find(Part message, List<Integer> numbers) {
        Part found = message;
        // What numbers count in: a message, a multipart, or nothing for other parts.
        Part within = message;
        boolean asMessage = true;
        for (int number : numbers) {
            if (within == null) {
                return null;
            }
            if (within.isMultipart()) {
                if (within.parts().isEmpty() && number == 1) {
                    return nothing(within.endOffset());
                }
                if (number > within.parts().size()) {
                    return null;
                }
                found = within.parts().get(number - 1);
            } else if (asMessage && number == 1) {
                found = within;
            } else {
                return null;
            }
            asMessage = found.message() != null;
            within = asMessage ? found.message() : found.isMultipart() ? found : null;
        }
        return found;
    }

    /** RFC 9051 §9, body-type-mpart: a multipart has a part at least, so BODYSTRUCTURE tells of an empty text then. */
    private static Part nothing(long at) {
        return new Part(
                at, at, at, 0, 0, "text", "plain", List.of(), null, null, null, null, null, List.of(), List.of(), null,
                null, List.of(), null);
    }

    /** Those fields of a part's header that describe it (RFC 2045 §9), and the empty line. */
    static byte[] mimeHeader(MessageContent content, Part part, int limit) throws IOException {
        byte[] header = read(content, part.headerOffset(), part.bodyOffset(), limit);
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length);
        boolean wanted = false;
        int start = 0;
        while (start < header.length) {
            int end = start;
            while (end < header.length && header[end] != '\n') {
                end++;
            }
            end = Math.min(header.length, end + 1);
            boolean empty = header[start] == '\r' || header[start] == '\n';
            boolean continued = header[start] == ' ' || header[start] == '\t';
            wanted = empty || (continued ? wanted : describes(header, start, end));
            if (wanted) {
                out.write(header, start, end - start);
            }
            start = end;
        }
        return out.toByteArray();
    }

    private static boolean describes(byte[] header, int start, int end) {
        return HeaderText.decode(header, start, Math.min(end, start + 8))
                .toLowerCase(Locale.ROOT)
                .equals("content-");
    }

    /** At most {@code limit} octets of a range. */
    static byte[] read(MessageContent content, long from, long to, int limit) throws IOException {
        byte[] octets = new byte[(int) Math.min(limit, to - from)];
        int done = 0;
        while (done < octets.length) {
            int count = content.read(from + done, octets, done, octets.length - done);
            if (count < 0) {
                throw new IOException("the message is shorter than its structure");
            }
            done += count;
        }
        return octets;
    }
}
