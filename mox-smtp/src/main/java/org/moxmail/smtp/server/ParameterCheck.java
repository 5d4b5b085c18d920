package org.moxmail.smtp.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.moxmail.smtp.BodyType;
import org.moxmail.smtp.FutureRelease;
import org.moxmail.smtp.MailParams;
import org.moxmail.smtp.ParamOutcome;
import org.moxmail.smtp.RcptParams;
import org.moxmail.smtp.SmtpReply;

/** Whether the parameters of MAIL and RCPT are among what was offered. */
final class ParameterCheck {
    private final SmtpServer server;
    private final boolean encrypted;

    ParameterCheck(SmtpServer server, boolean encrypted) {
        this.server = server;
        this.encrypted = encrypted;
    }

    /** @return the refusal of parameters that were not understood; null when they were */
    static @Nullable SmtpReply refusal(ParamOutcome<?> outcome) {
        return switch (outcome) {
            case ParamOutcome.Understood<?> understood -> null;
            case ParamOutcome.UnknownKeyword<?> unknown -> notOffered(unknown.keyword());
            case ParamOutcome.UnknownValue<?> unknown -> unknownValue(unknown.keyword());
            case ParamOutcome.Conflict<?> conflict ->
                SmtpReply.of(501, "5.5.4", "parameter " + word(conflict.keyword()) + " given twice or in conflict");
            case ParamOutcome.Malformed<?> malformed ->
                SmtpReply.of(501, "5.5.4", "parameter " + malformed.keyword() + " takes " + malformed.expected());
        };
    }

    /** RFC 5321 §4.1.1.11. */
    private static SmtpReply notOffered(String keyword) {
        return SmtpReply.of(555, "5.3.3", "parameter " + word(keyword) + " not supported");
    }

    private static SmtpReply unknownValue(String keyword) {
        return SmtpReply.of(555, "5.5.4", "unknown value of parameter " + keyword);
    }

    private static String word(String keyword) {
        return keyword.length() <= 40 ? keyword : keyword.substring(0, 40) + "...";
    }

    /** @return the refusal, or null when all is offered */
    @Nullable
    SmtpReply mail(MailParams params) {
        SmtpServerOptions options = server.options;
        if (params.size() > server.limits.messageBytes()) {
            // A size that most systems take is refused as a policy of this one.
            boolean ours = params.size() < SmtpLimits.DEFAULT_MESSAGE_BYTES;
            return SmtpReply.of(
                    552, ours ? "5.2.3" : "5.3.4", "message larger than " + server.limits.messageBytes() + " octets");
        }
        if (params.body() == BodyType.BINARY_MIME && !options.binaryMime()) {
            return unknownValue("BODY");
        }
        if (params.requireTls() && !options.requireTls()) {
            return notOffered("REQUIRETLS");
        }
        if (params.requireTls() && !encrypted) {
            return SmtpReply.of(523, "5.7.10", "REQUIRETLS only over TLS");
        }
        if (params.ret() != null && !options.dsn()) {
            return notOffered("RET");
        }
        if (params.envid() != null && !options.dsn()) {
            return notOffered("ENVID");
        }
        FutureRelease hold = params.hold();
        return hold == null ? null : hold(hold);
    }

    private @Nullable SmtpReply hold(FutureRelease hold) {
        if (!server.options.futureReleaseMax().isPositive()) {
            return notOffered(hold.parameter().keyword());
        }
        Instant now = server.timing.instant();
        Instant release = hold.release(now);
        if (release.isBefore(now)) {
            return SmtpReply.of(501, "5.5.4", "release time in the past");
        }
        // RFC 4865 §4.2, items 7, 8 and 11.
        return release.isAfter(now.plus(server.options.futureReleaseMax()))
                ? SmtpReply.of(501, "5.5.4", "release time too far in the future")
                : null;
    }

    /** @return the refusal, or null when all is offered */
    @Nullable
    SmtpReply rcpt(RcptParams params) {
        if (server.options.dsn()) {
            return null;
        }
        if (!params.notifyOn().isEmpty()) {
            return notOffered("NOTIFY");
        }
        return params.orcpt() == null ? null : notOffered("ORCPT");
    }
}
