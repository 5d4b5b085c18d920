package org.moxmail.smtp.server;

import java.io.IOException;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.SmtpCommand;

/** The message that comes in chunks with BDAT, RFC 3030 §2. */
final class BdatReader extends IncomingMessage {
    /** Where the next chunk comes from, once one was read. */
    interface Chunks {
        /**
         * Confirms a chunk and awaits the next.
         *
         * @throws AbortedMessageException when the client gives the message up
         */
        SmtpCommand.Bdat next(long octets) throws IOException, InterruptedException;
    }

    private final Chunks chunks;
    private final boolean binary;
    private SmtpCommand.Bdat chunk;
    private long left;
    private boolean afterCr;

    BdatReader(SmtpServer server, Wire wire, MailParams params, SmtpCommand.Bdat first, Chunks chunks) {
        super(server, wire, params);
        this.chunk = first;
        this.left = first.size();
        this.chunks = chunks;
        this.binary = params.body() == BodyType.BINARY_MIME;
    }

    @Override
    void readAll() throws IOException, InterruptedException {
        readChunk();
        // RFC 3030 §2: a failure is told as soon as the chunk was read, not after the last.
        while (!chunk.last() && refusal() == null) {
            try {
                chunk = chunks.next(chunk.size());
            } catch (IOException e) {
                throw failed(e);
            }
            left = chunk.size();
            readChunk();
        }
        if (afterCr && !binary) {
            refuse(BARE_CR);
        }
    }

    @Override
    void skipRest() throws IOException, InterruptedException {
        readChunk();
    }

    private void readChunk() throws IOException, InterruptedException {
        while (left > 0) {
            if (wire.buffered() == 0) {
                fill();
            }
            int count = (int) Math.min(left, wire.buffered());
            int from = wire.start;
            wire.start += count;
            left -= count;
            if (!binary) {
                checkLineEnds(from, from + count);
            }
            emit(from, from + count);
        }
    }

    /** RFC 3030 §2: text comes with lines that end in CRLF. */
    private void checkLineEnds(int from, int to) {
        for (int i = from; i < to; i++) {
            byte octet = wire.buffer[i];
            if (afterCr != (octet == '\n')) {
                if (afterCr) {
                    refuse(BARE_CR);
                } else {
                    sawBareLf();
                }
            }
            afterCr = octet == '\r';
        }
    }

    /** Reads a chunk that belongs to no message. */
    static void discard(SmtpServer server, Wire wire, SmtpCommand.Bdat chunk) throws IOException, InterruptedException {
        if (chunk.size() > server.limits.discardBytes()) {
            throw new TooMuchToDiscardException();
        }
        BdatReader reader =
                new BdatReader(server, wire, MailParams.NONE.withBody(BodyType.BINARY_MIME), chunk, n -> chunk);
        reader.discardRest();
    }
}
