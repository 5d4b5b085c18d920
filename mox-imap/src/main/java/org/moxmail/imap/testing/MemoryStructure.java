package org.moxmail.imap.testing;

import java.util.List;
import org.moxmail.message.Envelope;
import org.moxmail.message.Part;

/** The parse of a message in memory. */
final class MemoryStructure {
    private MemoryStructure() {}

    static Part of(byte[] octets) {
        int body = octets.length;
        long lines = 0;
        for (int i = 0; i + 1 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                lines++;
                if (i == 0 || octets[i - 1] == '\n') {
                    body = i + 2;
                    break;
                }
            }
        }
        return new Part(
                0, body, octets.length, lines, 0, "text", "plain", List.of(), null, null, null, null, null, List.of(),
                List.of(), null,
                new Envelope(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null),
                List.of(), null);
    }
}
