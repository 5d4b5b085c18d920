package org.moxmail.server.auth;

/** Why somebody isn't let in. */
public enum LoginFailure {
    /** User or password is wrong; or the user has no secret for the mechanism, which isn't told. */
    CREDENTIALS("bad user or password"),
    /** The client's TLS connection isn't ours. */
    CHANNEL_BINDING("channel binding mismatch, somebody may sit in between"),
    /** The credentials are right, but not for acting as somebody else. */
    AUTHORIZATION("not allowed to act as that user"),
    /** Too many failures from there. */
    TOO_MANY("too many failed logins from your network, try again later"),
    /** The accounts can't be asked. */
    TEMPORARY("credentials can't be checked now, try again later"),
    /** The client broke the mechanism's rules. */
    MALFORMED("malformed authentication exchange"),
    /** The client gave up. */
    ABORTED("authentication aborted");

    private final String text;

    LoginFailure(String text) {
        this.text = text;
    }

    /** What the client is told. */
    public String text() {
        return text;
    }
}
