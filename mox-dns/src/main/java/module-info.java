/** Domain names as values, RFC 1035, RFC 5890 and UTS 46. */
module org.moxmail.dns {
    requires static org.jspecify;

    exports org.moxmail.dns;
}
