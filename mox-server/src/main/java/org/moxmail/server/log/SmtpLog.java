package org.moxmail.server.log;

import java.time.Duration;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpEvents;
import org.moxmail.smtp.server.SmtpPeer;

/** Logs what happens on SMTP connections. */
public final class SmtpLog implements SmtpEvents {
    private final Log log;
    private final ReceivedIds ids;

    /** @param ids tell a connection's number in logs from its outside form */
    public SmtpLog(Log log, ReceivedIds ids) {
        this.log = log;
        this.ids = ids;
    }

    private Log of(SmtpPeer peer) {
        return log.with("cid", ids.cid(peer.id()));
    }

    @Override
    public void commandDone(SmtpPeer peer, String verb, SmtpReply reply, Duration took) {
        if (log.enabled(LogLevel.DEBUG)) {
            of(peer).debug("command done", "cmd", verb, "code", reply.code(), "duration", Durations.print(took));
        }
    }

    @Override
    public boolean traces(TraceLevel level) {
        return log.enabled(level(level));
    }

    private static LogLevel level(TraceLevel level) {
        return switch (level) {
            case TRACE -> LogLevel.TRACE;
            case TRACEAUTH -> LogLevel.TRACEAUTH;
            case TRACEDATA -> LogLevel.TRACEDATA;
        };
    }

    @Override
    public void trace(SmtpPeer peer, boolean received, TraceLevel level, String text) {
        of(peer).log(level(level), (received ? "C: " : "S: ") + text, null);
    }

    @Override
    public void handshake(SmtpPeer peer, boolean done, String problem) {
        if (done) {
            of(peer).debug("starttls done");
        } else {
            of(peer).info("starttls failed", "err", problem);
        }
    }

    @Override
    public void failed(SmtpPeer peer, Exception cause) {
        of(peer).error("smtp service failed", cause);
    }

    @Override
    public void ended(SmtpPeer peer, String reason) {
        if (log.enabled(LogLevel.DEBUG)) {
            of(peer).debug("smtp ended", "reason", reason);
        }
    }
}
