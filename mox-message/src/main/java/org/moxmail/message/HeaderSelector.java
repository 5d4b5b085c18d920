package org.moxmail.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;

/** Copies some fields of a header, for IMAP's HEADER.FIELDS and HEADER.FIELDS.NOT. */
public final class HeaderSelector {
    /**
     * @param names of fields, in any case
     * @param not whether to copy the others
     */
    public HeaderSelector(Collection<String> names, boolean not) { throw new UnsupportedOperationException(); }

    /** Copies from the header of a part; the empty line comes along when the header has one. Tells how many octets. */
    public long copy(MessageContent content, Part part, OutputStream out) throws IOException { throw new UnsupportedOperationException(); }

    /** Copies from a header in memory. */
    public byte[] select(byte[] header) { throw new UnsupportedOperationException(); }
}
