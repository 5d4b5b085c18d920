package org.moxmail.message;

import java.util.List;
import org.moxmail.dns.SyntaxException;

/** A message identifier. */
public record MessageId(String canonical, boolean raw) {
    /** Reads a Message-ID field. */
    public static MessageId parse(String text) throws SyntaxException { throw new UnsupportedOperationException(); }

    /** The ids that a message refers to. */
    public static List<String> referenced(List<String> references, List<String> inReplyTo) { throw new UnsupportedOperationException(); }
}
