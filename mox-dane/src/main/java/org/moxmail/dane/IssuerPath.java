package org.moxmail.dane;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathBuilderResult;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;

/** A chain of certificates that must lead from a server to the issuer that a record of usage 2 names, RFC 7671 §5.2. */
final class IssuerPath {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";

    private final List<X509Certificate> chain;
    private final X509Certificate leaf;
    private final Date now;

    IssuerPath(List<X509Certificate> chain, Instant now) {
        this.chain = chain;
        this.leaf = chain.getFirst();
        this.now = Date.from(now);
    }

    /** Why this record doesn't authenticate the server under one of these names; empty when it does. */
    String objection(TlsaRecord record, Set<DnsName> names) throws GeneralSecurityException {
        String issuer = issuerObjection(record);
        if (!issuer.isEmpty()) {
            return issuer;
        }
        if (!ReferenceNames.match(leaf, names)) {
            return "the server's certificate has none of its names";
        }
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses != null && !uses.contains(SERVER_AUTH) && !uses.contains(ANY_USE)) {
            return "the server's certificate is not for servers";
        }
        return "";
    }

    private String issuerObjection(TlsaRecord record) throws GeneralSecurityException {
        Optional<X509Certificate> issuer = issuer(record);
        if (issuer.isPresent()) {
            return issuer.get().equals(leaf) ? dates(leaf) : under(issuer.get());
        }
        // RFC 7671 §5.2.3: a bare key may have issued the last certificate of the chain.
        Optional<PublicKey> key = record.selector() == Usable.PUBLIC_KEY && record.matchingType() == Usable.FULL
                ? Usable.publicKey(record)
                : Optional.empty();
        if (key.isPresent()) {
            String name = chain.getLast().getIssuerX500Principal().getName();
            return path(new TrustAnchor(name, key.get(), null), -1, null);
        }
        return "the server's chain has no certificate of a TLSA record";
    }

    private Optional<X509Certificate> issuer(TlsaRecord record) throws CertificateException {
        for (X509Certificate certificate : chain) {
            if (Usable.matches(record, certificate) && mayIssue(certificate)) {
                return Optional.of(certificate);
            }
        }
        return record.selector() == Usable.CERTIFICATE && record.matchingType() == Usable.FULL
                ? Usable.certificate(record).filter(this::mayIssue)
                : Optional.empty();
    }

    /** Of a server that somebody else issued, its own certificate is no trust anchor, RFC 6698 §2.1.1. */
    private boolean mayIssue(X509Certificate certificate) {
        return !certificate.equals(leaf) || isSelfSigned();
    }

    private boolean isSelfSigned() {
        if (!leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
            return false;
        }
        try {
            leaf.verify(leaf.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another key's signature, or none that can be checked
        }
    }

    private String under(X509Certificate issuer) throws GeneralSecurityException {
        String dates = dates(issuer);
        if (!dates.isEmpty()) {
            return dates;
        }
        int intermediates = issuer.getBasicConstraints();
        if (intermediates < 0) {
            return "the certificate of a TLSA record is not that of an issuer";
        }
        return path(new TrustAnchor(issuer, null), intermediates, nameConstraints(issuer));
    }

    /** The extension's value without the OCTET STRING around it; null for none. */
    private static byte @Nullable [] nameConstraints(X509Certificate issuer) {
        byte[] extension = issuer.getExtensionValue(NAME_CONSTRAINTS);
        if (extension == null) {
            return null;
        }
        int header = (extension[1] & 0x80) == 0 ? 2 : 2 + (extension[1] & 0x7f);
        byte[] value = new byte[extension.length - header];
        System.arraycopy(extension, header, value, 0, value.length);
        return value;
    }

    /**
     * Looks for a path from the leaf to this anchor, whose own constraints the JDK's algorithm doesn't apply.
     *
     * @param intermediates how many at most; -1 for any number
     */
    private String path(TrustAnchor anchor, int intermediates, byte @Nullable [] nameConstraints)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        try {
            target.setNameConstraints(nameConstraints);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(anchor), target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(now);
            parameters.setMaxPathLength(intermediates == Integer.MAX_VALUE ? -1 : intermediates);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilderResult built = CertPathBuilder.getInstance("PKIX").build(parameters);
            return built.getCertPath().getCertificates().isEmpty() ? "no path" : "";
        } catch (CertPathBuilderException e) {
            return "the server's certificate doesn't come from the issuer of a TLSA record: " + innermost(e);
        } catch (IOException e) {
            return "the issuer of a TLSA record has constraints that can't be read";
        }
    }

    private static String innermost(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }

    private String dates(X509Certificate certificate) {
        try {
            certificate.checkValidity(now);
            return "";
        } catch (CertificateExpiredException e) {
            return "expired: " + certificate.getSubjectX500Principal();
        } catch (CertificateNotYetValidException e) {
            return "not yet valid: " + certificate.getSubjectX500Principal();
        }
    }
}
