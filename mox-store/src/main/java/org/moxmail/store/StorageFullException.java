package org.moxmail.store;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * There is no space for what was to be written. Nothing of it happened, reading goes on, and writing will when there is
 * space again.
 */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether something failed for want of space: the JDK has no type for it, only the system's words. */
    public static boolean causes(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left")
                    || message.contains("not enough space")
                    || message.contains("quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
