package org.moxmail.dane;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.TlsaRecord;

/** A certificate with its key, which may sign others. */
record TestAuthority(X509Certificate certificate, KeyPair keys) {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR = Instant.parse("2040-01-01T00:00:00Z");

    /** What a certificate says. */
    static final class Kind {
        private int pathLength = -1;
        private List<String> names = List.of();
        private Instant end = FAR;
        private String permitted = "";
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;

        static Kind issuer(int pathLength) {
            Kind kind = new Kind();
            kind.pathLength = pathLength;
            return kind;
        }

        static Kind server(String... names) {
            Kind kind = new Kind();
            kind.names = List.of(names);
            return kind;
        }

        Kind expired() {
            end = NOW.minusSeconds(1);
            return this;
        }

        Kind permitting(String domain) {
            permitted = domain;
            return this;
        }

        Kind forClients() {
            purpose = KeyPurposeId.id_kp_clientAuth;
            return this;
        }
    }

    static TestAuthority root(String name) throws Exception {
        return root(name, Kind.issuer(5));
    }

    static TestAuthority root(String name, Kind kind) throws Exception {
        KeyPair keys = newKeys();
        return new TestAuthority(make(new X500Name("CN=" + name), keys, "CN=" + name, keys, kind), keys);
    }

    TestAuthority sign(String commonName, Kind kind) throws Exception {
        KeyPair own = newKeys();
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new TestAuthority(make(issuer, keys, "CN=" + commonName, own, kind), own);
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate make(X500Name issuer, KeyPair issuerKeys, String subject, KeyPair keys, Kind kind)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(1),
                Date.from(LONG_AGO),
                Date.from(kind.end),
                new X500Name(subject),
                keys.getPublic());
        if (kind.pathLength >= 0) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(kind.pathLength));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        } else {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(kind.purpose));
        }
        if (!kind.names.isEmpty()) {
            GeneralName[] names = kind.names.stream()
                    .map(name -> new GeneralName(GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        if (!kind.permitted.isEmpty()) {
            GeneralSubtree subtree = new GeneralSubtree(new GeneralName(GeneralName.dNSName, kind.permitted));
            builder.addExtension(
                    Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {subtree}, null));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    }

    /** The record of this certificate. */
    TlsaRecord record(int usage, int selector, int matchingType) throws Exception {
        byte[] data =
                selector == 0 ? certificate.getEncoded() : keys.getPublic().getEncoded();
        byte[] matching = switch (matchingType) {
            case 1 -> MessageDigest.getInstance("SHA-256").digest(data);
            case 2 -> MessageDigest.getInstance("SHA-512").digest(data);
            default -> data;
        };
        return new TlsaRecord(usage, selector, matchingType, Bytes.copyOf(matching));
    }
}
