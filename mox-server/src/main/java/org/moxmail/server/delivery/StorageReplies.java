package org.moxmail.server.delivery;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.smtp.SmtpReply;
import org.moxmail.smtp.server.SmtpReplies;

/** What a client is told when its message can't be stored. */
final class StorageReplies {
    private static final SmtpReply OVER_QUOTA = SmtpReply.of(452, "4.2.2", "the mailbox is full, try again later");

    private StorageReplies() {}

    /** When the disk failed. */
    static SmtpReply of(IOException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (saysFull(at.getMessage()) || at instanceof FileSystemException file && saysFull(file.getReason())) {
                return SmtpReplies.STORAGE_FULL;
            }
        }
        return SmtpReplies.LOCAL_ERROR;
    }

    /** The JDK has no type for it: ENOSPC and EDQUOT come as their text. */
    private static boolean saysFull(@org.jspecify.annotations.Nullable String message) {
        if (message == null) {
            return false;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no space left")
                || lower.contains("not enough space")
                || lower.contains("quota exceeded");
    }

    /** When the account refused. */
    static SmtpReply of(Refusal refusal) {
        return switch (refusal) {
            case OVER_QUOTA -> OVER_QUOTA;
            case LIMIT, NONEXISTENT, ALREADY_EXISTS, HAS_CHILDREN, CANNOT -> SmtpReplies.LOCAL_ERROR;
        };
    }
}
