/** SMTP (RFC 5321): grammar, server engine and client. */
module org.moxmail.smtp {
    requires static org.jspecify;
    requires transitive java.security.sasl;
    requires transitive org.moxmail.dns;
    requires transitive org.moxmail.message;

    exports org.moxmail.smtp;
    exports org.moxmail.smtp.client;
    exports org.moxmail.smtp.server;
    exports org.moxmail.smtp.testing;
}
