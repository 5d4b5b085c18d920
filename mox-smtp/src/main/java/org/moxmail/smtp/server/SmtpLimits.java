package org.moxmail.smtp.server;

import java.time.Duration;

/**
 * The engine's bounds.
 *
 * @param commandLine octets of a command line with its CRLF; RFC 5321 §4.5.3.1.4 says 512, extensions add to it
 * @param authLine octets of a line of an AUTH exchange with its CRLF; RFC 4954 §4 asks for 12288
 * @param recipients accepted recipients of a message; RFC 5321 §4.5.3.1.8 asks for 100 or more; told by LIMITS (RFC 9422)
 * @param messageBytes octets of a message; told by SIZE (RFC 1870)
 * @param discardBytes ours: octets beyond the limit, or of a message refused before its end, that are read on and dropped to
 *     stay in step; beyond them the connection is closed
 * @param badCommands ours: after so many commands that make no sense the connection is closed
 * @param failedTransactions ours: after more messages refused than that, and none accepted, the connection is closed
 * @param slowAfterAuthFailures ours: after so many failed attempts to log in the connection goes on slowly
 * @param commandWait for a whole line from the peer, RFC 5321 §4.5.3.2.7
 * @param dataWait for some octets of a message from the peer, RFC 5321 §4.5.3.2.5
 * @param dataTotal ours: for a whole message
 * @param sessionTotal ours: for a connection; bounds a drip-feeding peer
 * @param handshake for TLS after STARTTLS
 * @param writeStall ours: a write that the peer doesn't take for so long ends the connection
 * @param slowPause ours: before each read of a slowed connection, and between the octets written to it
 */
public record SmtpLimits(
        int commandLine,
        int authLine,
        int recipients,
        long messageBytes,
        long discardBytes,
        int badCommands,
        int failedTransactions,
        int slowAfterAuthFailures,
        Duration commandWait,
        Duration dataWait,
        Duration dataTotal,
        Duration sessionTotal,
        Duration handshake,
        Duration writeStall,
        Duration slowPause) {
    /** 100 MiB, the default message size limit; a listener with a lower one says that its limit is its own. */
    public static final long DEFAULT_MESSAGE_BYTES = 100L * 1024 * 1024;

    /** What a server uses that has no reason for other bounds. */
    public static final SmtpLimits DEFAULT = new SmtpLimits(
            2048,
            12 * 1024,
            1000,
            DEFAULT_MESSAGE_BYTES,
            10L * 1024 * 1024,
            10,
            10,
            3,
            Duration.ofMinutes(5),
            Duration.ofMinutes(3),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));

    public SmtpLimits {
        if (commandLine < 512 || authLine < commandLine || recipients < 1 || messageBytes < 1 || discardBytes < 0) {
            throw new IllegalArgumentException("limits out of range");
        }
        if (badCommands < 1 || failedTransactions < 1 || slowAfterAuthFailures < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
        for (Duration wait :
                new Duration[] {commandWait, dataWait, dataTotal, sessionTotal, handshake, writeStall, slowPause}) {
            if (!wait.isPositive()) {
                throw new IllegalArgumentException("a wait of " + wait);
            }
        }
    }

    /** The same with another message size. */
    public SmtpLimits withMessageBytes(long octets) {
        return new SmtpLimits(
                commandLine,
                authLine,
                recipients,
                octets,
                discardBytes,
                badCommands,
                failedTransactions,
                slowAfterAuthFailures,
                commandWait,
                dataWait,
                dataTotal,
                sessionTotal,
                handshake,
                writeStall,
                slowPause);
    }
}
