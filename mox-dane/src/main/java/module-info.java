/** DANE, RFC 6698, for SMTP, RFC 7672: servers authenticated by TLSA records that DNSSEC proves. */
module org.moxmail.dane {
    requires java.naming;
    requires static org.jspecify;
    requires transitive org.moxmail.dns;

    exports org.moxmail.dane;
}
