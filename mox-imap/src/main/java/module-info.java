/** IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501): grammar, server engine and client. */
module org.moxmail.imap {
    requires static org.jspecify;
    requires transitive java.security.sasl;
    requires transitive org.moxmail.message;

    exports org.moxmail.imap;
    exports org.moxmail.imap.client;
    exports org.moxmail.imap.server;
    exports org.moxmail.imap.testing;
}
