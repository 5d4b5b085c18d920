/** Internet messages (RFC 5322, MIME) and the vocabulary of mailboxes. */
module org.moxmail.message {
    requires static transitive org.jspecify;
    requires transitive org.moxmail.dns;

    exports org.moxmail.message;
    exports org.moxmail.message.authres;
    exports org.moxmail.message.dsn;
    exports org.moxmail.message.mailbox;
    exports org.moxmail.message.report to
            org.moxmail.dmarc,
            org.moxmail.tlsrpt;
}
