package org.moxmail.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.moxmail.server.files.PrivateFile;

/** Certificates and keys in PEM files (RFC 7468). */
public final class IdentityFiles {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private final Path certificateFile;
    private final Path keyFile;

    /** Files {@code <name>.crt.pem} and {@code <name>.key.pem} in a directory. */
    public IdentityFiles(Path directory, String name) {
        certificateFile = directory.resolve(name + ".crt.pem");
        keyFile = directory.resolve(name + ".key.pem");
    }

    /** The certificate's file, for people who want to trust it. */
    public Path certificateFile() {
        return certificateFile;
    }

    /**
     * The identity in the files. When there is none, or it isn't valid any more or not good for a name, a self-signed one is
     * made and stored.
     *
     * @param names DNS names and IP addresses, the first for people to read
     */
    public Identity loadOrMake(List<String> names, Instant now, SecureRandom random)
            throws IOException, GeneralSecurityException {
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            Identity stored = load();
            if (isValid(stored.certificate(), now) && isGoodFor(stored.certificate(), names)) {
                return stored;
            }
        }
        Identity made = SelfSigned.make(names.getFirst(), names, now, random);
        store(made);
        return made;
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
    }

    private static boolean isGoodFor(X509Certificate certificate, List<String> names) throws GeneralSecurityException {
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return false;
        }
        List<String> present = new ArrayList<>();
        alternatives.forEach(entry -> present.add(canonical(String.valueOf(entry.get(1)))));
        return names.stream().map(IdentityFiles::canonical).allMatch(present::contains);
    }

    /** The JDK spells IPv6 addresses out: {@code 0:0:0:0:0:0:0:1}. */
    private static String canonical(String name) {
        return name.equals("::1") ? "0:0:0:0:0:0:0:1" : name;
    }

    /** The identity in the files. */
    Identity load() throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        var octets = new ByteArrayInputStream(Files.readAllBytes(certificateFile));
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(octets)) {
            chain.add((X509Certificate) certificate);
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate in " + certificateFile);
        }
        return new Identity(chain, readKey(chain.getFirst().getPublicKey().getAlgorithm()));
    }

    private PrivateKey readKey(String algorithm) throws IOException, GeneralSecurityException {
        String text = Files.readString(keyFile, StandardCharsets.US_ASCII);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("no PKCS#8 private key in " + keyFile);
        }
        String base64 = text.substring(begin + KEY_BEGIN.length(), end);
        try {
            byte[] octets = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("damaged private key in " + keyFile, e);
        }
    }

    private void store(Identity identity) throws IOException, GeneralSecurityException {
        StringBuilder certificates = new StringBuilder();
        for (X509Certificate certificate : identity.chain()) {
            certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        String key = pem("PRIVATE KEY", identity.key().getEncoded());
        // The key first: a crash in between leaves a pair that doesn't load as one that is missing, not as a wrong one.
        Files.deleteIfExists(certificateFile);
        PrivateFile.write(keyFile, key.getBytes(StandardCharsets.US_ASCII));
        PrivateFile.write(certificateFile, certificates.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String pem(String type, byte[] octets) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
