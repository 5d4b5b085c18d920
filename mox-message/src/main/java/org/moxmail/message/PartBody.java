package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Optional;

/** Bodies of parts. */
public final class PartBody {
    private PartBody() {}

    /** The octets from {@code from} to {@code to}. */
    public static InputStream raw(MessageContent content, long from, long to) { throw new UnsupportedOperationException(); }

    /** The body as it is in the message. */
    public static InputStream raw(MessageContent content, Part part) { throw new UnsupportedOperationException(); }

    /** The body without its transfer encoding; empty when the encoding isn't known. */
    public static Optional<DecodedStream> decoded(MessageContent content, Part part) { throw new UnsupportedOperationException(); }

    /** The text. */
    public static Reader text(MessageContent content, Part part) throws IOException { throw new UnsupportedOperationException(); }
}
