package org.moxmail.dane;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.TlsaRecord;

/** Which records may be used, and what they match. */
final class Usable {
    static final int DANE_TA = 2;
    static final int DANE_EE = 3;
    static final int CERTIFICATE = 0;
    static final int PUBLIC_KEY = 1;
    static final int FULL = 0;
    static final int SHA_256 = 1;
    static final int SHA_512 = 2;

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");

    private Usable() {}

    /**
     * The records that may be used, in their order: of usages 2 and 3, RFC 7672 §3.1.3, well-formed, and of each usage and
     * selector only full ones and those of the strongest digest, RFC 7671 §9.
     */
    static List<TlsaRecord> of(List<TlsaRecord> records) {
        List<TlsaRecord> usable = records.stream().filter(Usable::wellFormed).toList();
        List<TlsaRecord> strongest = new ArrayList<>();
        for (TlsaRecord record : usable) {
            boolean outdone = record.matchingType() == SHA_256
                    && usable.stream()
                            .anyMatch(other -> other.usage() == record.usage()
                                    && other.selector() == record.selector()
                                    && other.matchingType() == SHA_512);
            if (!outdone) {
                strongest.add(record);
            }
        }
        return strongest;
    }

    private static boolean wellFormed(TlsaRecord record) {
        if (record.usage() != DANE_TA && record.usage() != DANE_EE || record.selector() > PUBLIC_KEY) {
            return false;
        }
        return switch (record.matchingType()) {
            case FULL ->
                record.selector() == CERTIFICATE
                        ? certificate(record).isPresent()
                        : publicKey(record).isPresent();
            case SHA_256 -> record.data().length() == 32;
            case SHA_512 -> record.data().length() == 64;
            default -> false;
        };
    }

    /** The certificate that a full record holds, if it is one. */
    static Optional<X509Certificate> certificate(TlsaRecord record) {
        byte[] data = record.data().toByteArray();
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(data));
            // A parser may take text forms, and leave octets behind the certificate unread.
            return record.data().contentEquals(certificate.getEncoded()) ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** The public key that a full record holds, if it is one of a known algorithm. */
    static Optional<PublicKey> publicKey(TlsaRecord record) {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(record.data().toByteArray());
        for (String algorithm : KEY_ALGORITHMS) {
            Optional<PublicKey> key = publicKey(algorithm, spec);
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    private static Optional<PublicKey> publicKey(String algorithm, X509EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(spec));
        } catch (GeneralSecurityException e) {
            // Another algorithm's, or none.
            return Optional.empty();
        }
    }

    /** Whether a record is about this certificate, RFC 6698 §2.1. */
    static boolean matches(TlsaRecord record, X509Certificate certificate) throws CertificateException {
        byte[] selected = record.selector() == CERTIFICATE
                ? certificate.getEncoded()
                : certificate.getPublicKey().getEncoded();
        return record.data().contentEquals(digest(record.matchingType(), selected));
    }

    private static byte[] digest(int matchingType, byte[] data) {
        try {
            return switch (matchingType) {
                case FULL -> data;
                case SHA_256 -> MessageDigest.getInstance("SHA-256").digest(data);
                case SHA_512 -> MessageDigest.getInstance("SHA-512").digest(data);
                default -> throw new IllegalArgumentException("matching type " + matchingType);
            };
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java runtime without SHA-2", e);
        }
    }
}
