/** SASL mechanisms (RFC 4422) behind the JDK's SaslServer and SaslClient. */
module org.moxmail.sasl {
    requires static transitive org.jspecify;
    requires transitive java.security.sasl;

    exports org.moxmail.sasl;
}
