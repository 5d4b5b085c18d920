package org.moxmail.dns;

/** Why the DNS gave no answer. */
public enum DnsFailure {
    /** No server answered in time. */
    TIMEOUT("timeout"),
    /** The server could not find out, RFC 1035 §4.1.1 RCODE 2. */
    SERVFAIL("servfail"),
    /** The server does not want to, RFC 1035 §4.1.1 RCODE 5, or no server could be reached at all. */
    REFUSED("refused"),
    /** DNSSEC says that the answer is forged or its signatures broken, RFC 4035 §4.3. */
    BOGUS("bogus"),
    /** The answer could not be read, a chain of CNAMEs had no end, or none of the records held a usable value. */
    MALFORMED("malformed");

    private final String keyword;

    DnsFailure(String keyword) {
        this.keyword = keyword;
    }

    /** The word for logs and reports. */
    public String keyword() {
        return keyword;
    }
}
