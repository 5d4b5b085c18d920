package org.moxmail.imap.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.moxmail.imap.FetchValue;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseReader;

/** Sees a FETCH's responses as they come, so that neither their number nor their size matters. */
public interface FetchVisitor extends ResponseReader.LiteralSink {
    /** A section's octets, before the response they are in is complete. The default drops them. */
    @Override
    default void literal(long number, List<FetchValue> before, FetchValue value, long size, InputStream octets)
            throws IOException {}

    /**
     * A complete response; octets that {@link #literal} got are null in it. Unsolicited ones come here too.
     */
    void message(ImapResponse.Fetch fetch) throws IOException;
}
