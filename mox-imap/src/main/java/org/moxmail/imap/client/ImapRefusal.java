package org.moxmail.imap.client;

/** The server answered NO or BAD. The connection goes on. */
public final class ImapRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    ImapRefusal(Reply reply) {
        super(reply.tagged().status()
                + (reply.tagged().code() == null
                        ? ""
                        : " [" + reply.tagged().code().keyword() + "]")
                + " " + reply.tagged().text());
        this.reply = reply;
    }

    /** All that the server answered. */
    public Reply reply() {
        return reply;
    }
}
