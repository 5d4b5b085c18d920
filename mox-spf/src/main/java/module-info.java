/** SPF, RFC 7208: parse records, evaluate {@code check_host()}. */
module org.moxmail.spf {
    requires static org.jspecify;
    requires transitive org.moxmail.dns;

    exports org.moxmail.spf;
}
