package org.moxmail.imap.server;

import org.jspecify.annotations.Nullable;
import org.moxmail.imap.ImapResponse.Status;
import org.moxmail.imap.ResponseCode;
import org.moxmail.message.mailbox.Refusal;

/**
 * How a command ended: what its tagged response says.
 *
 * @param after what comes after it
 */
record Answer(Status status, @Nullable ResponseCode code, String text, After after) {
    /** What comes after the tagged response. */
    enum After {
        COMMAND,
        TLS,
        /** The connection ends. */
        END
    }

    Answer {
        text = printable(text);
    }

    /** Some texts come from elsewhere; the wire takes only printable ASCII, and at least something (RFC 9051 §9, text). */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            printable.append(c < 0x20 || c >= 0x7f ? '?' : c);
        }
        return printable.isEmpty() ? "done" : printable.toString();
    }

    private Answer(Status status, @Nullable ResponseCode code, String text) {
        this(status, code, text, After.COMMAND);
    }

    static Answer ok(String text) {
        return new Answer(Status.OK, null, text);
    }

    static Answer ok(@Nullable ResponseCode code, String text) {
        return new Answer(Status.OK, code, text);
    }

    static Answer no(String text) {
        return new Answer(Status.NO, null, text);
    }

    static Answer no(ResponseCode code, String text) {
        return new Answer(Status.NO, code, text);
    }

    static Answer bad(String text) {
        return new Answer(Status.BAD, null, text);
    }

    static Answer bad(ResponseCode code, String text) {
        return new Answer(Status.BAD, code, text);
    }

    /** The same, and the connection ends. */
    Answer last() {
        return new Answer(status, code, text, After.END);
    }

    /** The same, and TLS starts. */
    Answer thenTls() {
        return new Answer(status, code, text, After.TLS);
    }

    /** Why something about a mailbox wasn't done. */
    static Answer refused(Refusal refusal) {
        return switch (refusal) {
            case NONEXISTENT -> no(ResponseCode.Word.NONEXISTENT, "no such mailbox");
            case ALREADY_EXISTS -> no(ResponseCode.Word.ALREADYEXISTS, "there is such a mailbox already");
            case HAS_CHILDREN -> no(ResponseCode.Word.HASCHILDREN, "the mailbox has mailboxes below it");
            case CANNOT -> no(ResponseCode.Word.CANNOT, "not possible for this mailbox");
            case OVER_QUOTA -> no(ResponseCode.Word.OVERQUOTA, "over quota");
            case LIMIT -> no(ResponseCode.Word.LIMIT, "a limit of the account is reached");
        };
    }

    /** The same for the target of a message, which the client may want to make, RFC 9051 §7.1. */
    static Answer refusedTarget(Refusal refusal) {
        return refusal == Refusal.NONEXISTENT ? no(ResponseCode.Word.TRYCREATE, "no such mailbox") : refused(refusal);
    }
}
