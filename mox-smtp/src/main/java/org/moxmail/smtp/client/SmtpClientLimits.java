package org.moxmail.smtp.client;

import java.time.Duration;

/**
 * The client's bounds.
 *
 * @param replyLine octets of a reply line with its CRLF; RFC 5321 §4.5.3.1.5 says 512, real servers say more
 * @param replyLines lines of a reply
 * @param pipelined octets of commands sent before their replies are read: little enough for any server to answer without
 *     waiting for us (RFC 2920 §3.1)
 * @param greetingWait for the greeting, RFC 5321 §4.5.3.2.1
 * @param commandWait for the reply to EHLO, MAIL, RCPT and others, RFC 5321 §4.5.3.2.2 and §4.5.3.2.3
 * @param dataStartWait for the reply to DATA, RFC 5321 §4.5.3.2.4
 * @param dataEndWait for the reply to the end of a message, RFC 5321 §4.5.3.2.6
 * @param quitWait ours: for the reply to QUIT
 * @param handshake for TLS
 * @param writeStall a write that the server doesn't take for so long ends the connection, RFC 5321 §4.5.3.2.5
 * @param sessionTotal ours: for a session
 */
public record SmtpClientLimits(
        int replyLine,
        int replyLines,
        int pipelined,
        Duration greetingWait,
        Duration commandWait,
        Duration dataStartWait,
        Duration dataEndWait,
        Duration quitWait,
        Duration handshake,
        Duration writeStall,
        Duration sessionTotal) {
    /** What a client uses that has no reason for other bounds. */
    public static final SmtpClientLimits DEFAULT = new SmtpClientLimits(
            2048,
            200,
            4096,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            Duration.ofMinutes(30));

    public SmtpClientLimits {
        if (replyLine < 512 || replyLines < 1 || pipelined < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
        for (Duration wait : new Duration[] {
            greetingWait, commandWait, dataStartWait, dataEndWait, quitWait, handshake, writeStall, sessionTotal
        }) {
            if (!wait.isPositive()) {
                throw new IllegalArgumentException("a wait of " + wait);
            }
        }
    }
}
