package org.moxmail.imap;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes responses. */
public final class ImapEncoder {
    public ImapEncoder(OutputStream out) {
    }

    /** From now on names are written so, and {@link MailboxEncoding#UTF8} allows UTF-8 in quoted strings. */
    public void encoding(MailboxEncoding encoding) {
    }

    /** Writes any response. */
    public void write(ImapResponse response) throws IOException {
    }

    /** Writes a tagged status response. */
    public void tagged(Tag tag, ImapResponse.Status status, @Nullable ResponseCode code, String text) throws IOException {
    }

    /** Writes an untagged status response. */
    public void condition(ImapResponse.Status status, @Nullable ResponseCode code, String text) throws IOException {
    }

    /** Starts a FETCH response for a message's number; {@link FetchWriter#end} ends it. */
    public FetchWriter fetch(long number) throws IOException {
        throw new IOException();
    }

    /** Hands everything to the stream and flushes it. */
    public void flush() throws IOException {
    }
}
