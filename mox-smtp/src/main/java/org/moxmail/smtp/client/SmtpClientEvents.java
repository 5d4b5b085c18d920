package org.moxmail.smtp.client;

import java.time.Duration;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpEvents.TraceLevel;

/** Hears what a client does, for logs, metrics and protocol traces. Every method does nothing by default. */
public interface SmtpClientEvents {
    /** Hears nothing. */
    SmtpClientEvents NONE = new SmtpClientEvents() {};

    /**
     * A command was answered.
     *
     * @param command its verb, {@code GREETING}, or {@code MESSAGE} for the end of a message
     */
    default void commandDone(String command, SmtpReply reply, Duration took) {}

    /**
     * Whether lines of a level are wanted. Lines of AUTH exchanges that are not wanted are told at {@link TraceLevel#TRACE} as
     * three asterisks; message data isn't told.
     */
    default boolean traces(TraceLevel level) {
        return false;
    }

    /**
     * A line passed.
     *
     * @param received from the server; otherwise sent to it
     */
    default void trace(boolean received, TraceLevel level, String text) {}
}
