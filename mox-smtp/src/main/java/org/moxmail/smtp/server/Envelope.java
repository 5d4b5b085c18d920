package org.moxmail.smtp.server;

import org.moxmail.smtp.MailParams;

/** The mail transaction that is open on a connection. */
final class Envelope {
    final MailTransaction transaction;
    final MailParams params;
    int recipients;
    /** A message is coming in chunks: only more of them, or what ends the transaction, may follow. */
    boolean chunking;

    Envelope(MailTransaction transaction, MailParams params) {
        this.transaction = transaction;
        this.params = params;
    }
}
