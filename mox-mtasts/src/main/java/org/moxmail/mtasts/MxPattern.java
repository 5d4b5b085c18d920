package org.moxmail.mtasts;

import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/**
 * Which mail hosts a policy allows, RFC 8461 §3.2: one by name, or all that are one label below a name.
 *
 * @param wildcard whether {@code *.} stands before the domain
 */
public record MxPattern(boolean wildcard, DnsName domain) {
    /**
     * Reads {@code mail.example.org} or {@code *.example.org}, with A-labels for international ones.
     *
     * @throws SyntaxException when it is neither; the offset is in chars
     */
    public static MxPattern parse(String text) throws SyntaxException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                throw new SyntaxException(i, "A-labels only", "RFC 8461 §3.2");
            }
        }
        boolean wildcard = text.startsWith("*.");
        return new MxPattern(wildcard, DnsName.parse(wildcard ? text.substring(2) : text));
    }

    /** The pattern as the policy has it. */
    public String print() {
        return (wildcard ? "*." : "") + domain.ascii();
    }

    /** Whether this host is meant: a wildcard stands for exactly one label, RFC 8461 §4.1. */
    public boolean matches(DnsName host) {
        return wildcard ? host.parent().filter(domain::equals).isPresent() : host.equals(domain);
    }
}
