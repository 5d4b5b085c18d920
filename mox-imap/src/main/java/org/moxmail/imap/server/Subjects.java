package org.moxmail.imap.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.EncodedWords;
import org.moxmail.message.Envelope;
import org.moxmail.message.mailbox.MessageForm;
import org.moxmail.message.mailbox.MessageRow;

/**
 * Subjects as they are searched: folded, as they stand and decoded, each behind an octet that UTF-8 doesn't have. A message
 * without a subject has nothing.
 */
final class Subjects {
    private static final byte BOUND = (byte) 0xff;
    private static final byte[] NONE = new byte[0];

    private Subjects() {}

    /** Whether a message has a subject with the needle in it. */
    static boolean contains(MessageRow row, Needle needle) throws IOException {
        byte[] form = row.kept(MessageForm.SUBJECT);
        if (form == null) {
            form = form(row.envelope());
            row.keep(MessageForm.SUBJECT, form);
        }
        return form.length > 0 && needle.inFolded(form);
    }

    private static byte[] form(@Nullable Envelope envelope) {
        String subject = envelope == null ? null : envelope.subject();
        if (subject == null) {
            return NONE;
        }
        byte[] plain = FoldedText.of(subject);
        byte[] decoded = subject.contains("=?") ? FoldedText.of(EncodedWords.decode(subject)) : NONE;
        byte[] form = new byte[2 + plain.length + decoded.length];
        form[0] = BOUND;
        System.arraycopy(plain, 0, form, 1, plain.length);
        form[1 + plain.length] = BOUND;
        System.arraycopy(decoded, 0, form, 2 + plain.length, decoded.length);
        return form;
    }
}
