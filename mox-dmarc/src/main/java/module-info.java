/** DMARC, RFC 9989 with RFC 9990 and 9991, and RFC 7489: records, evaluation, reports. */
module org.moxmail.dmarc {
    requires static org.jspecify;
    requires transitive org.moxmail.dns;
    requires transitive org.moxmail.message;
    requires java.xml;

    exports org.moxmail.dmarc;
    exports org.moxmail.dmarc.report;
}
