/** SMTP TLS reporting, RFC 8460: records and reports. */
module org.moxmail.tlsrpt {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires transitive org.moxmail.dns;
    requires transitive org.moxmail.message;

    exports org.moxmail.tlsrpt;
}
