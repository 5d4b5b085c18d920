package org.moxmail.message;

import java.io.InputStream;

/** A body without its transfer encoding. */
public abstract class DecodedStream extends InputStream {
    DecodedStream() {}

    /** Whether what was read so far strayed from the encoding's grammar. */
    public abstract boolean damaged();
}
