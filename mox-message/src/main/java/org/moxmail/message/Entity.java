package org.moxmail.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entity that hasn't ended. Like its {@link EntityHeader}, one is used for many, one after the other. */
final class Entity {
    long headerOffset;
    long headerStartLines;
    boolean message;
    boolean inDigest;
    long bodyOffset;
    long headerLines;
    final EntityHeader header;

    /** Of a multipart that is open and not closed. */
    byte @Nullable [] boundary;

    /** Whether a multipart's closing delimiter has passed. */
    boolean closed;

    List<Part> parts = List.of();

    @Nullable
    Part embedded;

    Entity(EntityHeader header) {
        this.header = header;
    }

    /** From here on this is another entity. */
    void begin(long offset, long startLines, boolean isMessage, boolean isInDigest) {
        headerOffset = offset;
        headerStartLines = startLines;
        message = isMessage;
        inDigest = isInDigest;
        bodyOffset = -1;
        headerLines = 0;
        boundary = null;
        closed = false;
        parts = List.of();
        embedded = null;
    }

    long bodyStartLines() {
        return headerStartLines + headerLines;
    }
}
