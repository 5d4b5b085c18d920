package org.moxmail.dkim;

import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * A key to sign with, and how.
 *
 * @param name the selector, labels in ASCII form
 * @param key RSA or Ed25519
 * @param header how the header is canonicalized
 * @param body how the body is canonicalized
 * @param headers the fields to sign, whether they are there or not; From is signed always
 * @param seal whether no field of these names can be added later: each is signed once more than it is there
 * @param expiration how long the signature is good; zero for no end
 */
public record DkimSelector(
        String name,
        PrivateKey key,
        Canonicalization header,
        Canonicalization body,
        List<String> headers,
        boolean seal,
        Duration expiration) {
    /** The fields that say who, to whom, what and how it is shown, RFC 6376 §5.4.1. */
    public static final List<String> HEADERS = List.of(
            "From",
            "To",
            "Cc",
            "Bcc",
            "Reply-To",
            "References",
            "In-Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type");

    public DkimSelector {
        Objects.requireNonNull(key);
        Objects.requireNonNull(header);
        Objects.requireNonNull(body);
        headers = List.copyOf(headers);
        for (String field : headers) {
            if (!TagValues.isFieldName(field)) {
                throw new IllegalArgumentException("field name " + field);
            }
        }
        if (expiration.isNegative()) {
            throw new IllegalArgumentException("expiration " + expiration);
        }
        checkName(name);
        DkimKeys.algorithm(key);
    }

    /** A selector as is best for most: relaxed, sealed, without expiration. */
    public DkimSelector(String name, PrivateKey key) {
        this(name, key, Canonicalization.RELAXED, Canonicalization.RELAXED, HEADERS, true, Duration.ZERO);
    }

    static void checkName(String name) {
        try {
            if (DnsName.parseLax(name).ascii().equals(name)) {
                return;
            }
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("selector " + name, e);
        }
        throw new IllegalArgumentException("selector " + name);
    }

    /** The algorithm that the key is for. */
    public DkimAlgorithm algorithm() {
        return DkimKeys.algorithm(key);
    }
}
