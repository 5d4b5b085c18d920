package org.moxmail.message;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/** The fields of one header, in order. */
public final class HeaderFields {
    private HeaderFields() {}

    /** Reads a header. */
    public static HeaderFields parse(byte[] octets) { throw new UnsupportedOperationException(); }

    /** Reads the header of a part. */
    public static HeaderFields read(MessageContent content, Part part) throws IOException { throw new UnsupportedOperationException(); }

    /** All of them. */
    public List<HeaderField> fields() { throw new UnsupportedOperationException(); }

    /** The value of the first of that name. */
    public Optional<String> first(String name) { throw new UnsupportedOperationException(); }

    /** The values of all of that name. */
    public List<String> all(String name) { throw new UnsupportedOperationException(); }

    /** The one author. */
    public Address from() throws SyntaxException { throw new UnsupportedOperationException(); }
}
