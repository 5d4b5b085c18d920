package org.moxmail.smtp.server;

import java.io.IOException;
import org.moxmail.smtp.MailParams;

/**
 * The message that follows DATA, RFC 5321 §4.1.1.4 and §4.5.2.
 *
 * <p>A state machine over the read buffer. Octets go on in ranges; where a dot is dropped a range ends before it and the next
 * begins behind it. Only CRLF "." CRLF ends the message. Sequences that some other program might take for it (a carriage
 * return alone; CRLF "." LF; and "." with any line end right after a bare line feed) make the message invalid, because
 * whoever handed it to our peer may have meant what follows for us. The invalid message is read up to its true end
 * and then refused, so the connection stays in step.
 */
final class DataReader extends IncomingMessage {
    private enum State {
        /** Inside a line. */
        TEXT,
        /** After a carriage return. */
        CR,
        /** At the start of a line, after CRLF. */
        CRLF,
        /** After CRLF and a dot. */
        DOT,
        /** After CRLF, a dot and a carriage return. */
        DOT_CR,
        /** At the start of a line, after a bare line feed. */
        LF,
        /** After a bare line feed and a dot. */
        LF_DOT,
        /** After a bare line feed, a dot and a carriage return. */
        LF_DOT_CR,
        /** After the final CRLF. */
        END
    }

    // The line feed of the DATA line itself counts: a message may be empty, RFC 5321 §4.1.1.4.
    private State state = State.CRLF;
    /** Where in the buffer begins what isn't handed on yet. */
    private int from;

    DataReader(SmtpServer server, Wire wire, MailParams params) {
        super(server, wire, params);
    }

    @Override
    void skipRest() throws IOException, InterruptedException {
        readAll();
    }

    @Override
    void readAll() throws IOException, InterruptedException {
        while (state != State.END) {
            if (wire.buffered() == 0) {
                fill();
            }
            scan();
        }
    }

    private void scan() throws IOException {
        byte[] buffer = wire.buffer;
        int end = wire.end;
        int i = wire.start;
        from = i;
        try {
            while (i < end && state != State.END) {
                if (state == State.TEXT) {
                    while (i < end && buffer[i] != '\r' && buffer[i] != '\n') {
                        i++;
                    }
                    if (i == end) {
                        break;
                    }
                }
                int at = i++;
                step(buffer[at], at);
            }
        } finally {
            // Also when the sink failed: what it got must not come again.
            wire.start = i;
        }
        // A carriage return behind a stuffed dot is either part of the end or of an invalid message: never content.
        if (state != State.END && state != State.DOT_CR) {
            emit(from, i);
        }
    }

    private void step(byte octet, int at) throws IOException {
        switch (state) {
            case TEXT -> plain(octet);
            case CR -> {
                if (octet == '\n') {
                    state = State.CRLF;
                } else {
                    refuse(BARE_CR);
                    plain(octet);
                }
            }
            case CRLF -> {
                if (octet == '.') {
                    int upTo = from;
                    from = at + 1;
                    state = State.DOT;
                    emit(upTo, at);
                } else {
                    plain(octet);
                }
            }
            case DOT -> {
                if (octet == '\r') {
                    int upTo = from;
                    from = at;
                    state = State.DOT_CR;
                    emit(upTo, at);
                } else {
                    if (octet == '\n') {
                        refuse(BARE_CR);
                    }
                    plain(octet);
                }
            }
            case DOT_CR -> {
                if (octet == '\n') {
                    state = State.END;
                } else {
                    refuse(BARE_CR);
                    plain(octet);
                }
            }
            case LF -> {
                if (octet == '.') {
                    state = State.LF_DOT;
                } else {
                    plain(octet);
                }
            }
            case LF_DOT -> {
                if (octet == '\r') {
                    state = State.LF_DOT_CR;
                } else {
                    if (octet == '\n') {
                        refuse(BARE_CR);
                    }
                    plain(octet);
                }
            }
            case LF_DOT_CR -> {
                refuse(BARE_CR);
                if (octet == '\n') {
                    state = State.CRLF;
                } else {
                    plain(octet);
                }
            }
            case END -> throw new IllegalStateException("behind the end");
        }
    }

    private void plain(byte octet) {
        if (octet == '\r') {
            state = State.CR;
        } else if (octet == '\n') {
            sawBareLf();
            state = State.LF;
        } else {
            state = State.TEXT;
        }
    }
}
