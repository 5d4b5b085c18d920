package org.moxmail.imap.server;

import java.time.Duration;
import org.moxmail.imap.ImapLimits;

/**
 * Bounds of the engine.
 *
 * @param syntax of what is read
 * @param loginWait for the next command of a client that isn't logged in; RFC 9051 §5.4 lets it be short
 * @param autologout for the next command of a client that is, and for DONE; at least 30 minutes, RFC 9051 §5.4
 * @param commandTotal from a command's first octet to its last, appended messages excluded; bounds a peer that drips
 * @param literalWait for a message's octets, to which the time at literalRate is added
 * @param literalRate octets per second that a peer must manage in the long run when it appends
 * @param writeStall for the peer to take what one write hands to it
 * @param handshake of TLS
 * @param fetchBatch rows that are read in one go, so that snapshots stay short
 * @param scanBatch rows that SEARCH looks at in one go when it needs only their narrow data
 * @param writeBatch messages that one write changes; a STORE, MOVE or EXPUNGE of more is cut into several. A COPY of more
 *     is refused, since RFC 9051 §6.4.7 wants all of it or nothing
 * @param searchHeader octets of a message's header that SEARCH looks at
 * @param appendMessages messages in one APPEND, RFC 3502
 * @param badCommands that a client which isn't logged in may send before it is sent away
 * @param outputBuffer octets that are collected before they are written
 */
public record ImapServerLimits(
        ImapLimits syntax,
        Duration loginWait,
        Duration autologout,
        Duration commandTotal,
        Duration literalWait,
        int literalRate,
        Duration writeStall,
        Duration handshake,
        int fetchBatch,
        int scanBatch,
        int writeBatch,
        int searchHeader,
        int appendMessages,
        int badCommands,
        int outputBuffer) {
    public static final ImapServerLimits DEFAULT = new ImapServerLimits(
            ImapLimits.SERVER,
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            1024,
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            256,
            4096,
            10_000,
            1024 * 1024,
            1000,
            20,
            16 * 1024);

    public ImapServerLimits {
        boolean timed = loginWait.isPositive()
                && autologout.isPositive()
                && commandTotal.isPositive()
                && literalWait.isPositive()
                && writeStall.isPositive()
                && handshake.isPositive();
        if (!timed
                || literalRate < 1
                || fetchBatch < 1
                || scanBatch < 1
                || writeBatch < 1
                || searchHeader < 1
                || appendMessages < 1
                || badCommands < 1
                || outputBuffer < 512) {
            throw new IllegalArgumentException("limits out of range");
        }
    }

    /** The same with another size of writes. */
    public ImapServerLimits withWriteBatch(int messages) {
        return new ImapServerLimits(
                syntax,
                loginWait,
                autologout,
                commandTotal,
                literalWait,
                literalRate,
                writeStall,
                handshake,
                fetchBatch,
                scanBatch,
                messages,
                searchHeader,
                appendMessages,
                badCommands,
                outputBuffer);
    }
}
