package org.moxmail.message;

import java.io.IOException;
import java.io.InputStream;

/** A body without its transfer encoding, RFC 2045 §6. Reads what can be read: only the source's own failures are thrown. */
public abstract sealed class DecodedStream extends InputStream
        permits IdentityStream, QuotedPrintableStream, Base64Stream, UuencodeStream {
    DecodedStream() {}

    /** Whether what was read so far strayed from the encoding's grammar. */
    public abstract boolean damaged();

    @Override
    public abstract void close() throws IOException;
}
