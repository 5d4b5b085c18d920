package org.moxmail.imap;

/**
 * Bounds of what is read from a peer.
 *
 * @param line octets of a line, its end included; RFC 7162 §4 asks for 8192 or more
 * @param literal octets of a literal that is kept in memory; RFC 9051 leaves it open (§4.3), RFC 7888 §5 lets us refuse
 * @param command octets of a whole command, its literals included, an appended message excluded
 * @param literals literals of one command
 * @param depth nested lists, search keys and, in responses, body parts
 * @param discard octets of a refused line or non-synchronizing literal that are read on and dropped to stay in step;
 *     beyond them the connection has to end
 */
public record ImapLimits(int line, int literal, int command, int literals, int depth, long discard) {
    /** What the server engine uses. */
    public static final ImapLimits SERVER = new ImapLimits(16 * 1024, 100 * 1024, 1_000_000, 1000, 100, 1_000_000);
    /** What the client uses: servers may send long lines, and literals that aren't streamed are kept. */
    public static final ImapLimits CLIENT =
            new ImapLimits(4 * 1024 * 1024, 64 * 1024 * 1024, 128 * 1024 * 1024, 100_000, 100, 1_000_000);

    public ImapLimits {
        if (line < 64 || literal < 0 || command < line || literals < 0 || depth < 1 || discard < 0) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
