/** Domain names as values, lookups in the DNS, and the time seam that every engine of the suite takes. */
module org.moxmail.dns {
    requires static org.jspecify;
    requires org.dnsjava;

    exports org.moxmail.dns;
    exports org.moxmail.dns.testing;
    exports org.moxmail.time;
    exports org.moxmail.time.testing;
}
