package org.moxmail.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.moxmail.message.Envelope;
import org.moxmail.message.Part;

/**
 * Prints what a FETCH response tells of a message's octets, for being kept and written again and again. Strings are written
 * in another way where a client takes UTF-8 (RFC 6855 §3, RFC 9051 §4.3), so what has more than ASCII in it has no one form.
 * One thread at a time.
 */
public final class FormPrinter {
    private static final byte[] NONE = new byte[0];

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ImapOutput out = new ImapOutput(printed, null);
    private final StructureWriter structures = new StructureWriter(out);

    /** With nothing printed yet. */
    public FormPrinter() {}

    /** The value of ENVELOPE; empty when it has no one form. */
    public byte[] envelope(Envelope envelope) {
        try {
            structures.envelope(envelope);
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of BODYSTRUCTURE; empty when it has no one form. */
    public byte[] bodyStructure(Part structure) {
        try {
            structures.body(structure, true);
            return taken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] taken() throws IOException {
        out.flush();
        byte[] octets = printed.toByteArray();
        printed.reset();
        for (byte octet : octets) {
            if (octet < 0) {
                return NONE;
            }
        }
        return octets;
    }
}
