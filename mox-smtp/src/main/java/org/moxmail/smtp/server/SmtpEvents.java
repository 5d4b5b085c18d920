package org.moxmail.smtp.server;

import java.time.Duration;
import org.moxmail.smtp.SmtpReply;

/** Hears what goes on, for logs, metrics and protocol traces. Every method does nothing by default. Safe for many threads. */
public interface SmtpEvents {
    /** Hears nothing. */
    SmtpEvents NONE = new SmtpEvents() {};

    /** How secret a traced line is. */
    enum TraceLevel {
        /** Commands and replies. */
        TRACE,
        /** Credentials: lines of an AUTH exchange. */
        TRACEAUTH,
        /** Message data. */
        TRACEDATA
    }

    /**
     * A command was answered.
     *
     * @param verb a known command's verb in upper case, {@code TOOLONG} or {@code UNKNOWN}: never text of the peer
     * @param reply its last reply
     * @param took from the line's arrival to the reply
     */
    default void commandDone(SmtpPeer peer, String verb, SmtpReply reply, Duration took) {}

    /**
     * Whether lines of a level are wanted. Lines of a level that is not wanted are told at {@link TraceLevel#TRACE} as three
     * asterisks, except for data, which isn't told.
     */
    default boolean traces(TraceLevel level) {
        return false;
    }

    /**
     * A line, or a range of message data, passed.
     *
     * @param received from the peer; otherwise sent to it
     * @param text without line end; octets of data as ISO 8859-1
     */
    default void trace(SmtpPeer peer, boolean received, TraceLevel level, String text) {}

    /** A TLS handshake by STARTTLS was completed, or failed: then {@code problem} says how. */
    default void handshake(SmtpPeer peer, boolean done, String problem) {}

    /** The service failed, by a program error or while it took a message. */
    default void failed(SmtpPeer peer, Exception cause) {}

    /** The connection ended. */
    default void ended(SmtpPeer peer, String reason) {}
}
