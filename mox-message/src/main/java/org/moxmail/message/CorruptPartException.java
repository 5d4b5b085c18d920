package org.moxmail.message;

/** Octets that {@link PartCodec} didn't write, or that were damaged since. Stackless: the octets are at fault. */
public final class CorruptPartException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptPartException(String message) {
        super(message, null, false, false);
    }
}
