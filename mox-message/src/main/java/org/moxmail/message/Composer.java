package org.moxmail.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.moxmail.dns.DnsName;

/**
 * Writes a message to a stream as it is composed: header fields first, then a body: {@link #text text}, a
 * {@link #multipart multipart} or whatever {@link BodyComposer} offers. Nothing is kept, so attachments may be of any size.
 * Lines end in CRLF and are folded; what isn't ASCII is encoded as the {@link ComposeOptions} ask. Reading what was
 * written gives back what was put in. For one message and one thread; the stream isn't closed.
 */
public final class Composer {
    private final ComposeOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Sink sink;
    private boolean bodyBegun;

    /**
     * @param clock tells the date
     * @param random makes identifiers and boundaries; a secure one, where nobody shall guess them
     */
    public Composer(OutputStream out, ComposeOptions options, InstantSource clock, RandomGenerator random) {
        this.options = Objects.requireNonNull(options, "options");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.sink = new Sink(Objects.requireNonNull(out, "out"), options.maxBytes());
    }

    /** What writes the body parts of a multipart. */
    @FunctionalInterface
    public interface Parts {
        void write(BodyComposer parts) throws IOException;
    }

    /** Counts, and stops at the limit. */
    static final class Sink extends OutputStream {
        private final OutputStream out;
        private final long max;
        private long size;
        private boolean eightBit;

        Sink(OutputStream out, long max) {
            this.out = out;
            this.max = max;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length > max - size) {
                throw new MessageTooLargeException(max);
            }
            out.write(octets, offset, length);
            size += length;
            for (int i = offset; i < offset + length && !eightBit; i++) {
                eightBit = octets[i] < 0;
            }
        }

        void ascii(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Writes a field with unstructured text, such as Subject; encoded-words are made where needed.
     *
     * @throws IllegalArgumentException for a name that isn't one, RFC 5322 §2.2
     */
    public Composer field(String name, String text) throws IOException {
        HeaderFolder folder = begin(name);
        folder.text(HeaderWords.unstructured(text, options.smtpUtf8()));
        return write(folder);
    }

    /**
     * Writes a field whose text is structured and ready, folded at single spaces.
     *
     * @throws IllegalArgumentException for line ends in it, or what isn't ASCII without SMTPUTF8
     */
    public Composer structured(String name, String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || c >= 0x80 && !options.smtpUtf8()) {
                throw new IllegalArgumentException("a character that can't stand in " + name);
            }
        }
        HeaderFolder folder = begin(name);
        folder.text(text);
        return write(folder);
    }

    /**
     * Writes a field with addresses, such as To; none for an empty list.
     *
     * @throws IllegalArgumentException for an international localpart without SMTPUTF8
     */
    public Composer addresses(String name, List<NamedAddress> addresses) throws IOException {
        if (addresses.isEmpty()) {
            return this;
        }
        HeaderFolder folder = begin(name);
        for (int i = 0; i < addresses.size(); i++) {
            NamedAddress address = addresses.get(i);
            if (address.address().localpart().international() && !options.smtpUtf8()) {
                throw new IllegalArgumentException("an international address without SMTPUTF8");
            }
            String comma = i + 1 < addresses.size() ? "," : "";
            String spec = address.address().print(options.smtpUtf8());
            if (address.name().isEmpty()) {
                folder.token(spec + comma);
            } else {
                folder.text(HeaderWords.phrase(address.name(), options.smtpUtf8()));
                folder.token('<' + spec + '>' + comma);
            }
        }
        return write(folder);
    }

    /** Writes From with one author. */
    public Composer from(NamedAddress author) throws IOException {
        return addresses("From", List.of(author));
    }

    /** Writes Subject. */
    public Composer subject(String subject) throws IOException {
        return field("Subject", subject);
    }

    /** Writes Date, in UTC. */
    public Composer date() throws IOException {
        return structured("Date", MessageDate.print(clock.instant().atOffset(ZoneOffset.UTC)));
    }

    /**
     * Writes a new Message-ID.
     *
     * @return it, with its angle brackets
     */
    public String messageId(DnsName domain) throws IOException {
        String id = '<' + token() + '@' + domain.ascii() + '>';
        structured("Message-ID", id);
        return id;
    }

    /** 128 random bits. */
    String token() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private HeaderFolder begin(String name) {
        if (bodyBegun) {
            throw new IllegalStateException("the header has ended");
        }
        boolean valid = !name.isEmpty() && name.length() < HeaderFolder.LINE;
        for (int i = 0; i < name.length(); i++) {
            valid &= name.charAt(i) > ' ' && name.charAt(i) < 0x7f && name.charAt(i) != ':';
        }
        if (!valid) {
            throw new IllegalArgumentException("no field name: " + name);
        }
        return new HeaderFolder(name);
    }

    private Composer write(HeaderFolder folder) throws IOException {
        sink.ascii(folder.field());
        return this;
    }

    /** Ends the header with a body of one part or a multipart; call one method of the result, once. */
    public BodyComposer body() throws IOException {
        structured("MIME-Version", "1.0");
        bodyBegun = true;
        return new BodyComposer(this, sink, options, null);
    }

    /** Ends the header with a body that is plain text. */
    public void text(String text) throws IOException {
        body().text("plain", text);
    }

    /** Ends the header with a body of several parts. */
    public void multipart(String subtype, Parts parts) throws IOException {
        body().multipart(subtype, List.of(), parts);
    }

    /** How the message is composed. */
    public ComposeOptions options() {
        return options;
    }

    /** Octets written so far. */
    public long size() {
        return sink.size;
    }

    /** Whether octets above 127 were written, so that 8BITMIME or SMTPUTF8 is needed to transport the message. */
    public boolean eightBit() {
        return sink.eightBit;
    }
}
