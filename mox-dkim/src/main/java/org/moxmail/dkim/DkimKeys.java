package org.moxmail.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.moxmail.dns.SyntaxException;

/** Makes, reads and writes the keys to sign with. */
public final class DkimKeys {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String BEGIN_RSA = "-----BEGIN RSA PRIVATE KEY-----";
    private static final String END_RSA = "-----END RSA PRIVATE KEY-----";
    private static final String RFC = "RFC 7468 §10";

    /** What a PKCS#8 key has in front of an RSAPrivateKey, RFC 5958 §2: version 0, rsaEncryption without parameters. */
    private static final byte[] RSA_INFO = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private static final int COLUMNS = 64;

    private DkimKeys() {}

    /**
     * Makes an RSA key.
     *
     * @param bits of the modulus; at least 2048 for new keys, RFC 8301 §3.2
     */
    public static KeyPair generateRsa(int bits, SecureRandom random) {
        if (bits < DkimPolicy.LEAST_RSA_BITS) {
            throw new IllegalArgumentException(bits + " bits");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Makes an Ed25519 key, RFC 8463. */
    public static KeyPair generateEd25519(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The algorithm to sign with, by the type of the key. */
    public static DkimAlgorithm algorithm(PrivateKey key) {
        if (key instanceof RSAPrivateKey) {
            return DkimAlgorithm.RSA_SHA256;
        }
        if (key instanceof EdECPrivateKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return DkimAlgorithm.ED25519_SHA256;
        }
        throw new IllegalArgumentException("key of type " + key.getAlgorithm());
    }

    /** The public key to publish for a private key. */
    public static PublicKey publicKey(PrivateKey key) {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof EdECPrivateKey ed) {
                byte[] seed = ed.getBytes().orElseThrow(() -> new IllegalArgumentException("key can't be read"));
                KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                generator.initialize(NamedParameterSpec.ED25519, new SeedOnly(seed));
                return generator.generateKeyPair().getPublic();
            }
            throw new IllegalArgumentException("key of type " + key.getAlgorithm());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The JDK derives an Ed25519 public key only while it makes a pair, from the 32 octets that it draws. */
    private static final class SeedOnly extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        SeedOnly(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " octets");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }

    /**
     * Reads a key in PEM, RFC 7468 §10: PKCS#8, not encrypted, or for RSA the older PKCS#1 that is in use as well.
     *
     * @throws SyntaxException when it is anything else, or no key to sign with
     */
    public static PrivateKey readPem(String pem) throws SyntaxException {
        return pem.contains(BEGIN_RSA)
                ? readPkcs8(pkcs8(decode(pem, BEGIN_RSA, END_RSA)))
                : readPkcs8(decode(pem, BEGIN, END));
    }

    private static byte[] decode(String pem, String beginLine, String endLine) throws SyntaxException {
        int begin = pem.indexOf(beginLine);
        int end = pem.indexOf(endLine);
        if (begin < 0 || end < begin) {
            throw new SyntaxException(0, beginLine, RFC);
        }
        int from = begin + beginLine.length();
        try {
            return Base64.getDecoder().decode(pem.substring(from, end).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(from, "base64, but " + e.getMessage(), RFC);
        }
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] key = der(0x04, new byte[0], pkcs1);
        return der(0x30, RSA_INFO, key);
    }

    /** A DER value of two parts; its length takes three octets, which is more than DER allows only for keys below 600 bits. */
    private static byte[] der(int type, byte[] first, byte[] second) {
        int length = first.length + second.length;
        byte[] octets = new byte[5 + length];
        octets[0] = (byte) type;
        octets[1] = (byte) 0x83;
        octets[2] = (byte) (length >> 16);
        octets[3] = (byte) (length >> 8);
        octets[4] = (byte) length;
        System.arraycopy(first, 0, octets, 5, first.length);
        System.arraycopy(second, 0, octets, 5 + first.length, second.length);
        return octets;
    }

    /**
     * Reads a key in PKCS#8, RFC 5958.
     *
     * @throws SyntaxException when it is anything else, or no key to sign with
     */
    public static PrivateKey readPkcs8(byte[] octets) throws SyntaxException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(octets);
        String problem = "";
        for (String algorithm : new String[] {"RSA", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        throw new SyntaxException(0, "an RSA or Ed25519 key, but " + problem, "RFC 5958 §2");
    }

    /** A key as {@link #readPem} reads it. */
    public static String printPem(PrivateKey key) {
        Base64.Encoder lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});
        return BEGIN + "\n" + lines.encodeToString(key.getEncoded()) + "\n" + END + "\n";
    }

    /**
     * A TXT record as a line of a zone file, its text cut into strings that the DNS can carry, RFC 6376 §3.6.2.2.
     *
     * @param selector the name of the key
     */
    public static String zoneLine(String selector, DkimKeyRecord key) {
        String text = key.print().replace("\\", "\\\\").replace("\"", "\\\"");
        StringBuilder line = new StringBuilder(selector).append("._domainkey TXT (");
        // At most 255 octets a string, RFC 1035 §3.3.
        for (int from = 0; from < text.length(); from += 100) {
            line.append("\n\t\"")
                    .append(text, from, Math.min(text.length(), from + 100))
                    .append('"');
        }
        return line.append("\n)\n").toString();
    }
}
