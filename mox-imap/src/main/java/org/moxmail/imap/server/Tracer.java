package org.moxmail.imap.server;

import java.nio.charset.StandardCharsets;
import org.moxmail.imap.Octets;

/**
 * Shows a connection's conversation to {@link ImapEvents}. What the client sends comes by kind, so that credentials and
 * appended messages are known without looking at them. In what the server sends, literals are found by their announcement
 * at the end of a line, which nothing else that we send looks like.
 */
final class Tracer {
    private static final String HIDDEN = "***";
    private static final int MAX_LINE = 4096;

    private final ImapEvents events;
    private final ImapPeer peer;
    private final ImapEvents.Trace level;
    private final StringBuilder line = new StringBuilder();
    private long literal;

    Tracer(ImapEvents events, ImapPeer peer, ImapEvents.Trace level) {
        this.events = events;
        this.peer = peer;
        this.level = level;
    }

    /** A command, or what of one came in one piece. */
    void command(Octets octets) {
        events.traced(peer, true, text(octets.toByteArray(), 0, octets.length()));
    }

    /** Something with credentials in it. */
    void secret(String shown, Octets octets) {
        if (level.compareTo(ImapEvents.Trace.AUTH) >= 0) {
            command(octets);
        } else {
            events.traced(peer, true, shown + HIDDEN);
        }
    }

    /** Octets of an appended message. */
    void data(byte[] octets, int offset, int length) {
        if (level == ImapEvents.Trace.DATA) {
            events.traced(peer, true, text(octets, offset, offset + length));
        }
    }

    /** The server sends something. */
    void sent(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (literal > 0) {
                literal--;
                if (level == ImapEvents.Trace.DATA) {
                    append(octets[i]);
                }
                if (literal == 0 && level != ImapEvents.Trace.DATA) {
                    line.append(HIDDEN);
                }
            } else if (octets[i] == '\n') {
                endLine();
            } else if (octets[i] != '\r') {
                append(octets[i]);
            }
        }
    }

    private void append(byte octet) {
        if (line.length() < MAX_LINE) {
            line.append((char) (octet & 0xff));
        }
    }

    private void endLine() {
        literal = announced();
        events.traced(peer, false, line.toString());
        line.setLength(0);
    }

    private long announced() {
        int end = line.length() - 1;
        if (end < 2 || line.charAt(end) != '}') {
            return 0;
        }
        int start = line.lastIndexOf("{") + 1;
        if (start == 0 || start == end || end - start > 18) {
            return 0;
        }
        long size = 0;
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            size = size * 10 + c - '0';
        }
        return size;
    }

    private static String text(byte[] octets, int from, int to) {
        int end = Math.min(to, from + MAX_LINE);
        return new String(octets, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
