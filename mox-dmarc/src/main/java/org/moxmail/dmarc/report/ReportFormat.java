package org.moxmail.dmarc.report;

/** The two formats of aggregate reports. */
public enum ReportFormat {
    /** RFC 9990, with its XML namespace. */
    RFC9990("urn:ietf:params:xml:ns:dmarc-2.0"),
    /**
     * RFC 7489 appendix C. Written as everybody writes it, without the namespace that its schema has for the root element alone.
     */
    RFC7489("");

    private final String namespace;

    ReportFormat(String namespace) {
        this.namespace = namespace;
    }

    /** The namespace of the elements; empty for none. */
    public String namespace() {
        return namespace;
    }
}
