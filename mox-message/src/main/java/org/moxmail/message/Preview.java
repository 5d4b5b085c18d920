package org.moxmail.message;

import java.io.IOException;

/** First words of a message. */
public final class Preview {
    private Preview() {}

    /** Makes it. */
    public static String of(MessageContent content, Part message) throws IOException { throw new UnsupportedOperationException(); }
}
