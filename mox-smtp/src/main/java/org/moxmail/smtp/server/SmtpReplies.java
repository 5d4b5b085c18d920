package org.moxmail.smtp.server;

import org.moxmail.smtp.SmtpReply;

/** Replies that services need too. */
public final class SmtpReplies {
    /** {@code 250 2.0.0}. */
    public static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "ok");
    /** {@code 250 2.1.0}, to MAIL. */
    public static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0", "ok");
    /** {@code 250 2.1.0} to RCPT. */
    public static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.0", "ok");
    /** {@code 235 2.7.0}: logged in. */
    public static final SmtpReply AUTHENTICATED = SmtpReply.of(235, "2.7.0", "nice");
    /** {@code 535 5.7.8}: wrong credentials. */
    public static final SmtpReply BAD_CREDENTIALS = SmtpReply.of(535, "5.7.8", "bad user or password");
    /** {@code 538 5.7.11}: this mechanism wants TLS, RFC 4954 §6. */
    public static final SmtpReply ENCRYPTION_REQUIRED =
            SmtpReply.of(538, "5.7.11", "encryption required for this mechanism");
    /** {@code 504 5.5.4}: no such mechanism, RFC 4954 §4. */
    public static final SmtpReply MECHANISM_UNKNOWN = SmtpReply.of(504, "5.5.4", "mechanism not supported");
    /** {@code 530 5.7.0}: only with TLS, RFC 3207 §4. */
    public static final SmtpReply STARTTLS_REQUIRED = SmtpReply.of(530, "5.7.0", "must issue STARTTLS first");
    /** {@code 451 4.3.0}: something went wrong here. */
    public static final SmtpReply LOCAL_ERROR = SmtpReply.of(451, "4.3.0", "error processing, try again later");
    /** {@code 452 4.3.1}: the disk is full. */
    public static final SmtpReply STORAGE_FULL = SmtpReply.of(452, "4.3.1", "insufficient storage, try again later");
    /** {@code 452 4.5.3}: too many recipients, RFC 5321 §4.5.3.1.10. */
    public static final SmtpReply TOO_MANY_RECIPIENTS = SmtpReply.of(452, "4.5.3", "too many recipients");
    /** {@code 421 4.3.2}: shutting down. */
    public static final SmtpReply SHUTTING_DOWN =
            SmtpReply.of(421, "4.3.2", "shutting down").close();

    private SmtpReplies() {}
}
