package org.moxmail.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
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
        byte[] room = new byte[3 * chars.length];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.encode(CharBuffer.wrap(chars), encoded, true);
        encoder.flush(encoded);
        byte[] octets = Arrays.copyOf(room, encoded.position());
        wipe(room);
        return octets;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of UTF-8 octets, strictly. */
    static char[] chars(byte[] octets, int from, int to) throws CharacterCodingException {
        char[] room = new char[to - from];
        CharBuffer decoded = CharBuffer.wrap(room);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(octets, from, to - from), decoded, true);
        if (result.isUnderflow()) {
            result = decoder.flush(decoded);
        }
        char[] chars = Arrays.copyOf(room, decoded.position());
        wipe(room);
        if (result.isError()) {
            wipe(chars);
            result.throwException();
        }
        return chars;
    }

    static String text(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
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
