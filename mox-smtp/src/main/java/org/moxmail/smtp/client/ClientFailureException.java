package org.moxmail.smtp.client;

/** Carries a failure from where it is met to where a value is made of it. Stackless. */
final class ClientFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SmtpFailure failure;

    ClientFailureException(SmtpFailure failure) {
        super(failure.text(), null, false, false);
        this.failure = failure;
    }

    ClientFailureException(SmtpFailure failure, Throwable cause) {
        super(failure.text(), cause, false, false);
        this.failure = failure;
    }

    SmtpFailure failure() {
        return failure;
    }
}
