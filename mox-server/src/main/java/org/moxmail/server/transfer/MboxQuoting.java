package org.moxmail.server.transfer;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Turns a message into lines of an mbox file of the mboxrd kind: LF line ends, and a {@code >} in front of lines that begin
 * with {@code From } behind any number of {@code >}, so that no line looks like the next message's first.
 */
final class MboxQuoting extends OutputStream {
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private final OutputStream out;
    /** Whether the line so far is the beginning of one that must be quoted; then it is held back. */
    private boolean held = true;

    private int quotes;
    private int matched;
    private boolean lineEmpty = true;
    private boolean pendingCr;

    MboxQuoting(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        int c = octet & 0xff;
        if (pendingCr && c != '\n') {
            plain('\r');
        }
        pendingCr = c == '\r';
        if (c == '\n') {
            endLine();
        } else if (c != '\r') {
            plain(c);
        }
    }

    private void plain(int c) throws IOException {
        lineEmpty = false;
        if (held && matched == 0 && c == '>') {
            quotes++;
        } else if (held && c == FROM[matched]) {
            matched++;
            if (matched == FROM.length) {
                out.write('>');
                release();
            }
        } else {
            release();
            out.write(c);
        }
    }

    private void release() throws IOException {
        for (int i = 0; i < quotes; i++) {
            out.write('>');
        }
        out.write(FROM, 0, matched);
        held = false;
        quotes = 0;
        matched = 0;
    }

    private void endLine() throws IOException {
        release();
        out.write('\n');
        held = true;
        lineEmpty = true;
    }

    /** Ends the message: its last line, and an empty one behind it. */
    void end() throws IOException {
        if (pendingCr) {
            pendingCr = false;
            plain('\r');
        }
        if (!lineEmpty) {
            endLine();
        }
        out.write('\n');
    }
}
