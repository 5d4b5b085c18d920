/** DKIM, RFC 6376, and ARC, RFC 8617: sign and verify. */
module org.moxmail.dkim {
    requires static org.jspecify;
    requires transitive org.moxmail.dns;
    requires transitive org.moxmail.message;

    exports org.moxmail.dkim;
}
