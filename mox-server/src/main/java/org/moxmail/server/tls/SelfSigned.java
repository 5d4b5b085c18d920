package org.moxmail.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a certificate that nobody vouches for: ECDSA on P-256, valid for four years. RFC 5280. */
final class SelfSigned {
    private static final int YEARS = 4;
    /** RFC 5280 §4.1.2.2: at most 20 octets, positive. */
    private static final int SERIAL_BITS = 126;
    /** A client whose clock is a little behind shall find it valid. */
    private static final Duration SKEW = Duration.ofHours(1);

    private SelfSigned() {}

    /**
     * @param commonName for people to read
     * @param names DNS names and IP addresses that it is good for
     */
    static Identity make(String commonName, List<String> names, Instant now, SecureRandom random)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=" + commonName);
        Instant end = now.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                    Date.from(now.minus(SKEW)),
                    Date.from(end),
                    subject,
                    pair.getPublic());
            // A CA of itself, so that clients which are told to trust it accept it as its own issuer.
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            return new Identity(List.of(certificate), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("making a certificate", e);
        }
    }

    private static GeneralNames generalNames(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
