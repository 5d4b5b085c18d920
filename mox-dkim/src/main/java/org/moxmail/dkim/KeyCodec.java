package org.moxmail.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.moxmail.dns.SyntaxException;

/**
 * Public keys as key records carry them: RSA as SubjectPublicKeyInfo or, as RFC 6376 §3.6.1 literally asks, as RSAPublicKey of
 * RFC 8017 §A.1.1; Ed25519 as its 32 octets, RFC 8463 §4.2. The DER is read here, so that numbers that would keep a verifier
 * busy are refused before anything computes with them.
 */
final class KeyCodec {
    private static final String RSA = "rsa";
    private static final String ED25519 = "ed25519";
    private static final int ED25519_OCTETS = 32;
    private static final String RFC = "RFC 6376 §3.6.1";

    /** OID 1.2.840.113549.1.1.1, rsaEncryption, with tag and length. */
    private static final byte[] RSA_OID = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1};

    private static final KeyFactory RSA_KEYS = factory("RSA");
    private static final KeyFactory ED25519_KEYS = factory("Ed25519");

    private KeyCodec() {}

    private static KeyFactory factory(String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean knows(String keyType) {
        return keyType.equals(RSA) || keyType.equals(ED25519);
    }

    static String typeOf(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return RSA;
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return ED25519;
        }
        throw new IllegalArgumentException("key of type " + key.getAlgorithm());
    }

    static int bits(PublicKey key) {
        return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 8 * ED25519_OCTETS;
    }

    static PublicKey parse(String keyType, TagList.Tag p, DkimLimits limits) throws SyntaxException {
        byte[] octets = TagValues.base64(p);
        try {
            return keyType.equals(ED25519) ? ed25519(octets, p) : rsa(octets, p, limits);
        } catch (GeneralSecurityException e) {
            throw new SyntaxException(p.offset(), "a public key, but " + e.getMessage(), RFC);
        }
    }

    private static PublicKey ed25519(byte[] octets, TagList.Tag p) throws SyntaxException, GeneralSecurityException {
        if (octets.length != ED25519_OCTETS) {
            throw new SyntaxException(p.offset(), "an Ed25519 key of 32 octets", "RFC 8463 §4.2");
        }
        // RFC 8032 §5.1.2: little-endian y, the highest bit is the parity of x.
        byte[] y = new byte[ED25519_OCTETS];
        for (int i = 0; i < ED25519_OCTETS; i++) {
            y[i] = octets[ED25519_OCTETS - 1 - i];
        }
        boolean odd = y[0] < 0;
        y[0] = (byte) (y[0] & 0x7f);
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
        return ED25519_KEYS.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static PublicKey rsa(byte[] octets, TagList.Tag p, DkimLimits limits)
            throws SyntaxException, GeneralSecurityException {
        Der outer = new Der(octets, 0, octets.length, p).only(0x30);
        if (outer.next() == 0x30) {
            outer = subjectPublicKey(outer, p);
        }
        BigInteger modulus = outer.number(limits.rsaBits());
        BigInteger exponent = outer.number(limits.rsaExponentBits());
        outer.end();
        // An even modulus or exponent makes no RSA key, and computing with one takes long.
        if (!modulus.testBit(0)
                || !exponent.testBit(0)
                || exponent.bitLength() < 2
                || exponent.compareTo(modulus) >= 0) {
            throw new SyntaxException(p.offset(), "an RSA key", "RFC 8017 §3.1");
        }
        return RSA_KEYS.generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static Der subjectPublicKey(Der info, TagList.Tag p) throws SyntaxException {
        Der algorithm = info.enter(0x30);
        if (!algorithm.startsWith(RSA_OID)) {
            throw new SyntaxException(p.offset(), "an RSA key", "RFC 3279 §2.3.1");
        }
        Der bits = info.enter(0x03);
        info.end();
        return bits.afterUnusedBits().only(0x30);
    }

    static String print(PublicKey key) {
        byte[] octets = key.getEncoded();
        if (key instanceof EdECPublicKey) {
            // RFC 8410 §4: the SubjectPublicKeyInfo of Ed25519 ends with the 32 octets.
            octets = Arrays.copyOfRange(octets, octets.length - ED25519_OCTETS, octets.length);
        }
        return Base64.getEncoder().encodeToString(octets);
    }

    /** A cursor over DER, ITU-T X.690: definite lengths only. */
    private static final class Der {
        private final byte[] octets;
        private final int end;
        private final TagList.Tag source;
        private int at;

        Der(byte[] octets, int from, int end, TagList.Tag source) {
            this.octets = octets;
            this.at = from;
            this.end = end;
            this.source = source;
        }

        private SyntaxException broken() {
            return new SyntaxException(source.offset(), "the DER of a public key", RFC);
        }

        int next() {
            return at < end ? octets[at] & 0xff : -1;
        }

        /** Goes into a value and behind it. */
        Der enter(int type) throws SyntaxException {
            if (next() != type || at + 2 > end) {
                throw broken();
            }
            int length = octets[at + 1] & 0xff;
            int from = at + 2;
            if (length >= 0x80) {
                int count = length & 0x7f;
                if (count < 1 || count > 3 || from + count > end) {
                    throw broken();
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = length << 8 | octets[from++] & 0xff;
                }
            }
            if (length > end - from) {
                throw broken();
            }
            at = from + length;
            return new Der(octets, from, at, source);
        }

        /** Goes into a value that nothing follows. */
        Der only(int type) throws SyntaxException {
            Der inner = enter(type);
            end();
            return inner;
        }

        Der afterUnusedBits() throws SyntaxException {
            if (next() != 0) {
                throw broken();
            }
            at++;
            return this;
        }

        boolean startsWith(byte[] prefix) {
            return Arrays.equals(octets, at, Math.min(end, at + prefix.length), prefix, 0, prefix.length);
        }

        BigInteger number(int maxBits) throws SyntaxException {
            Der value = enter(0x02);
            int length = value.end - value.at;
            if (length == 0 || octets[value.at] < 0) {
                throw broken();
            }
            BigInteger number = length > maxBits / 8 + 1 ? BigInteger.ZERO : new BigInteger(octets, value.at, length);
            if (number.signum() == 0 || number.bitLength() > maxBits) {
                throw new SyntaxException(source.offset(), "a number of 1 to " + maxBits + " bits in the key", RFC);
            }
            return number;
        }

        void end() throws SyntaxException {
            if (at != end) {
                throw broken();
            }
        }
    }
}
