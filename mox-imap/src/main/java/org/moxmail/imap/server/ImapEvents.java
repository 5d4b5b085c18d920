package org.moxmail.imap.server;

import java.util.List;
import org.moxmail.imap.IdField;

/**
 * Hears what happens on connections, for metrics and logs. Calls come from the connections' threads: be quick and don't
 * throw. Every method does nothing by default.
 */
public interface ImapEvents {
    /** Hears nothing. */
    ImapEvents NONE = new ImapEvents() {};

    /** How a command ended. */
    enum Result {
        OK,
        NO,
        BAD,
        /** Something of ours failed. */
        ERROR,
        /** The peer went away. */
        BROKEN
    }

    /** What a trace shows: each level shows the ones before it too. */
    enum Trace {
        NOTHING,
        /** Commands and responses without credentials and message data. */
        PROTOCOL,
        /** Credentials too. */
        AUTH,
        /** Literals too. */
        DATA
    }

    /**
     * A command was answered.
     *
     * @param command in lower case, such as {@code uid fetch}; {@code (unrecognized)} for what isn't one
     * @param nanos from its last octet to the end of the answer
     */
    default void commandDone(ImapPeer peer, String command, Result result, long nanos) {}

    /** The client told what it is, RFC 2971. */
    default void identified(ImapPeer peer, List<IdField> fields) {}

    /** How much to trace on a connection; asked when it opens. */
    default Trace trace(ImapPeer peer) {
        return Trace.NOTHING;
    }

    /**
     * A piece of the conversation, as far as the level shows it. What it hides is replaced by {@code ***}.
     *
     * @param fromClient or from the server
     * @param text without line ends at its end
     */
    default void traced(ImapPeer peer, boolean fromClient, String text) {}

    /** Something of ours failed while a command was carried out; the client was told so. */
    default void failed(ImapPeer peer, String command, Throwable cause) {}
}
