package org.moxmail.smtp.server;

/** What an application gives the engine: who may come in, and what becomes of their mail. Safe for many threads. */
public interface SmtpService {
    /**
     * A connection was accepted, and its TLS handshake is done when it began with one; the greeting is still to come. An
     * admitted session is closed by the engine when the connection ends, whatever the reason.
     */
    Admission open(SmtpPeer peer);
}
