package org.moxmail.smtp.client;

/** Whether a session with a server came about. */
public sealed interface ConnectResult {
    /** It did; the caller closes it. */
    record Connected(SmtpClientSession session) implements ConnectResult {}

    /** It didn't; the socket is closed. */
    record Failed(SmtpFailure failure) implements ConnectResult {}
}
