package org.moxmail.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** UTF-8, hashes and wiping: what all mechanisms do with octets. */
final class Octets {
    private Octets() {}

    /** UTF-8 of chars, without copies left behind. Lone surrogates are no text and become question marks. */
    static byte[] utf8(char[] chars) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] octets = new byte[encoded.remaining()];
        encoded.get(octets);
        Arrays.fill(encoded.array(), (byte) 0);
        return octets;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of UTF-8 octets, strictly. */
    static char[] chars(byte[] octets, int from, int to) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from));
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(decoded.array(), '\0');
        return chars;
    }

    static String text(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }

    static byte[] hash(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK without " + algorithm, e);
        }
    }

    static byte[] hmac(ScramHash hash, byte[] key, byte[] data) {
        return mac(hash, key).doFinal(data);
    }

    static Mac mac(ScramHash hash, byte[] key) {
        try {
            Mac mac = Mac.getInstance(hash.hmac());
            // The JDK refuses an empty key; RFC 2104 pads keys with zeros, so one zero is the same key.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hash.hmac()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK without " + hash.hmac(), e);
        }
    }

    static byte[] xor(byte[] a, byte[] b) {
        byte[] result = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (byte) (a[i] ^ b[i]);
        }
        return result;
    }

    /** Compares in a time that depends on the lengths only. */
    static boolean same(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }

    static void wipe(char[] secret) {
        Arrays.fill(secret, '\0');
    }
}
