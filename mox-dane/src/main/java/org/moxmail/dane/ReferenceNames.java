package org.moxmail.dane;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;

/** Compares the names in a certificate with those that a server should have, RFC 7672 §3.2.3. */
final class ReferenceNames {
    private static final int DNS_NAME = 2;

    private ReferenceNames() {}

    /** Whether one of the certificate's names is one of these, or a wildcard for one label of it. */
    static boolean match(X509Certificate certificate, Set<DnsName> names) throws CertificateParsingException {
        for (String presented : presented(certificate)) {
            boolean wildcard = presented.startsWith("*.");
            DnsName name;
            try {
                name = DnsName.parseLax(wildcard ? presented.substring(2) : presented);
            } catch (SyntaxException e) {
                continue;
            }
            if (wildcard
                    ? names.stream()
                            .anyMatch(host -> host.parent().filter(name::equals).isPresent())
                    : names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The DNS-IDs; the CN-ID only when there are none. */
    private static List<String> presented(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.get(0).equals(DNS_NAME)) {
                    names.add((String) alternative.get(1));
                }
            }
        }
        return names.isEmpty() ? commonNames(certificate) : names;
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (InvalidNameException e) {
            // A subject that can't be read names nobody.
            return List.of();
        }
    }
}
