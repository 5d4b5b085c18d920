package org.moxmail.server.log;

import java.time.Duration;
import org.moxmail.imap.server.ImapEvents;
import org.moxmail.imap.server.ImapPeer;

/** Logs what happens on IMAP connections. */
public final class ImapLog implements ImapEvents {
    private final Log log;

    public ImapLog(Log log) {
        this.log = log;
    }

    private Log of(ImapPeer peer) {
        return log.with("cid", peer.id());
    }

    @Override
    public void commandDone(ImapPeer peer, String command, Result result, long nanos) {
        if (log.enabled(LogLevel.DEBUG)) {
            String duration = Durations.print(Duration.ofNanos(nanos));
            of(peer).debug("command done", "cmd", command, "result", keyword(result), "duration", duration);
        }
    }

    private static String keyword(Result result) {
        return switch (result) {
            case OK -> "ok";
            case NO -> "no";
            case BAD -> "bad";
            case ERROR -> "error";
            case BROKEN -> "broken";
        };
    }

    @Override
    public Trace trace(ImapPeer peer) {
        if (log.enabled(LogLevel.TRACEDATA)) {
            return Trace.DATA;
        }
        if (log.enabled(LogLevel.TRACEAUTH)) {
            return Trace.AUTH;
        }
        return log.enabled(LogLevel.TRACE) ? Trace.PROTOCOL : Trace.NOTHING;
    }

    @Override
    public void traced(ImapPeer peer, boolean fromClient, String text) {
        of(peer).log(LogLevel.TRACE, (fromClient ? "C: " : "S: ") + text, null);
    }

    @Override
    public void failed(ImapPeer peer, String command, Throwable cause) {
        of(peer).error("imap command failed", cause, "cmd", command);
    }
}
