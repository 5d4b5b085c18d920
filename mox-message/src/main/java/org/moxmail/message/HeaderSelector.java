package org.moxmail.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies some fields of a header as they are, folding included, for IMAP's HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051
 * §6.4.5.1). Streams: a header of any size takes little memory. Lines that are no fields belong to no name, so that only a
 * {@code not} selects them. Immutable.
 */
public final class HeaderSelector {
    /** Longest field name that is compared; RFC 5322 §2.1.1 allows lines of 998 octets. */
    private static final int MAX_NAME = 998;

    private final Set<String> names;
    private final boolean not;

    /**
     * @param names of fields, in any case
     * @param not whether to copy the others
     */
    public HeaderSelector(Collection<String> names, boolean not) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.not = not;
    }

    /**
     * Copies from the header of a part. The empty line comes along when the header has one.
     *
     * @return how many octets
     */
    public long copy(MessageContent content, Part part, OutputStream out) throws IOException {
        return copy(PartBody.raw(content, part.headerOffset(), part.bodyOffset()), out);
    }

    /** Copies from a header in memory. */
    public byte[] select(byte[] header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            copy(new ByteArrayInputStream(header), out);
        } catch (IOException e) {
            // Arrays don't fail.
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private long copy(InputStream header, OutputStream out) throws IOException {
        Copy copy = new Copy(out);
        byte[] buffer = new byte[8192];
        int read = header.read(buffer);
        while (read > 0) {
            copy.take(buffer, read);
            read = header.read(buffer);
        }
        copy.end();
        return copy.copied;
    }

    /** Octet by octet through a header. The start of a line is held until it is known whether it is wanted. */
    private final class Copy {
        private final OutputStream out;
        private final byte[] held = new byte[MAX_NAME + 2];
        private int heldLength;
        private boolean deciding = true;
        private boolean wanted = not;
        private long copied;

        Copy(OutputStream out) {
            this.out = out;
        }

        void take(byte[] octets, int length) throws IOException {
            int from = 0;
            int i = 0;
            while (i < length) {
                if (deciding) {
                    byte octet = octets[i++];
                    held[heldLength++] = octet;
                    decide(octet);
                    from = i;
                } else if (octets[i++] == '\n') {
                    put(octets, from, i);
                    deciding = true;
                }
            }
            if (!deciding) {
                put(octets, from, length);
            }
        }

        private void decide(byte octet) throws IOException {
            if (heldLength == 1 && HeaderScan.isBlank(octet)) {
                // A continuation goes with its field.
                release(false);
            } else if (octet == ':') {
                wanted = names.contains(name()) != not;
                release(false);
            } else if (octet == '\n') {
                boolean empty = heldLength == 1 || heldLength == 2 && held[0] == '\r';
                wanted = empty || not;
                release(true);
            } else if (heldLength > MAX_NAME) {
                wanted = not;
                release(false);
            }
        }

        private String name() {
            return HeaderText.decode(held, 0, heldLength - 1).stripTrailing().toLowerCase(Locale.ROOT);
        }

        private void release(boolean lineEnded) throws IOException {
            put(held, 0, heldLength);
            heldLength = 0;
            deciding = lineEnded;
        }

        private void put(byte[] octets, int from, int to) throws IOException {
            if (wanted && to > from) {
                out.write(octets, from, to - from);
                copied += to - from;
            }
        }

        void end() throws IOException {
            if (heldLength > 0) {
                wanted = not;
                release(true);
            }
        }
    }
}
