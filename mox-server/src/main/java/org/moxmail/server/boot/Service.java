package org.moxmail.server.boot;

/** What a listener's connections are for. */
public enum Service {
    /** Mail from other servers, RFC 5321. */
    SMTP("smtp", false),
    /** Mail from our users, RFC 6409. */
    SUBMISSION("submission", true),
    /** Users reading their mail, RFC 9051. */
    IMAP("imap", true);

    private final String keyword;
    private final boolean logins;

    Service(String keyword, boolean logins) {
        this.keyword = keyword;
        this.logins = logins;
    }

    /** The word for it in logs. */
    public String keyword() {
        return keyword;
    }

    /** Whether users log in there. */
    public boolean logins() {
        return logins;
    }
}
