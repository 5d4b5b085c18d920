package org.moxmail.smtp.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.moxmail.smtp.SmtpReply;

/** What EHLO announces, RFC 5321 §4.1.1.1. */
final class Extensions {
    private Extensions() {}

    static SmtpReply reply(SmtpServer server, Wire wire, SmtpSession session) {
        SmtpServerOptions options = server.options;
        boolean encrypted = wire.tls() != null;
        List<String> lines = new ArrayList<>();
        lines.add(options.hostname().ascii());
        lines.add("PIPELINING");
        lines.add("SIZE " + server.limits.messageBytes());
        if (!encrypted && server.tls != null) {
            lines.add("STARTTLS");
        }
        // RFC 8689 §2: in the EHLO reply within TLS only.
        if (encrypted && options.requireTls()) {
            lines.add("REQUIRETLS");
        }
        if (session instanceof SaslSession sasl) {
            List<String> mechanisms = sasl.mechanisms(wire.tls());
            if (!mechanisms.isEmpty()) {
                lines.add("AUTH " + String.join(" ", mechanisms));
            }
        }
        if (options.futureReleaseMax().isPositive()) {
            Instant latest =
                    server.timing.instant().plus(options.futureReleaseMax()).truncatedTo(ChronoUnit.SECONDS);
            lines.add("FUTURERELEASE " + options.futureReleaseMax().toSeconds() + " " + latest);
        }
        lines.add("ENHANCEDSTATUSCODES");
        lines.add("8BITMIME");
        lines.add("LIMITS RCPTMAX=" + server.limits.recipients());
        if (options.chunking()) {
            lines.add("CHUNKING");
        }
        if (options.binaryMime()) {
            lines.add("BINARYMIME");
        }
        if (options.dsn()) {
            lines.add("DSN");
        }
        lines.add("SMTPUTF8");
        return new SmtpReply(250, null, lines, SmtpReply.Pace.NORMAL);
    }
}
