package org.moxmail.tlsrpt;

import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.Address;
import org.moxmail.message.report.UriText;

/**
 * Where reports go, RFC 8460 §3: {@code mailto} and {@code https} have a meaning; other schemes are kept, for a later standard.
 *
 * @param uri an absolute URI, RFC 3986, in ASCII, in which commas, exclamation points and semicolons are percent-encoded
 */
public record TlsReportUri(String uri) {
    private static final String SECTION = "RFC 8460 §3";
    private static final String HTTPS = "https://";

    public TlsReportUri {
        if (UriText.wrongAt(Objects.requireNonNull(uri)) >= 0) {
            throw new IllegalArgumentException("not a URI: " + uri);
        }
    }

    /** The URI of a mailbox. */
    public static TlsReportUri mailto(Address address) {
        return new TlsReportUri(UriText.mailto(address));
    }

    /**
     * Reads one element of the list in a record.
     *
     * @throws SyntaxException when it is no such URI; the offset is in chars
     */
    public static TlsReportUri parse(String text) throws SyntaxException {
        int wrong = UriText.wrongAt(text);
        if (wrong >= 0) {
            throw new SyntaxException(wrong, "an absolute URI, with \",\", \"!\" and \";\" encoded", SECTION);
        }
        return new TlsReportUri(text);
    }

    /** The element of the list in a record. {@link #parse} reads it as an equal value. */
    public String print() {
        return uri;
    }

    /** Whether reports are mailed there. */
    public boolean isMailto() {
        return UriText.isMailto(uri);
    }

    /** Whether reports are posted there, RFC 8460 §5.4. */
    public boolean isHttps() {
        return uri.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) && uri.length() > HTTPS.length();
    }

    /** The mailbox of a {@code mailto} URI without its header fields; empty for other schemes and what is no address. */
    public Optional<Address> address() {
        return UriText.address(uri);
    }

    /** The same as {@link #print}. */
    @Override
    public String toString() {
        return uri;
    }
}
