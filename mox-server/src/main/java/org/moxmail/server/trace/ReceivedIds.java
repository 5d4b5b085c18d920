package org.moxmail.server.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.moxmail.server.files.PrivateFile;

/**
 * Connection numbers as the outside sees them, in Received fields and replies: encrypted, so that whoever has the key can
 * find the log lines and nobody else learns how busy we are. One AES block of 8 fixed octets and the number, in base64url.
 * Safe for many threads.
 */
public final class ReceivedIds {
    private static final int KEY = 16;
    private static final int TAG = 8;

    private final SecretKeySpec key;
    private final byte[] tag;

    private ReceivedIds(byte[] octets) {
        key = new SecretKeySpec(octets, 0, KEY, "AES");
        tag = Arrays.copyOfRange(octets, KEY, KEY + TAG);
    }

    /** With the key in a file, which is made when it is missing or has the wrong size. */
    public static ReceivedIds open(Path file, SecureRandom random) throws IOException {
        byte[] octets = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        if (octets.length != KEY + TAG) {
            octets = new byte[KEY + TAG];
            random.nextBytes(octets);
            PrivateFile.write(file, octets);
        }
        return new ReceivedIds(octets);
    }

    /** The outside form of a connection's number. */
    public String print(long id) {
        byte[] block =
                ByteBuffer.allocate(TAG + Long.BYTES).put(tag).putLong(id).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(apply(Cipher.ENCRYPT_MODE, block));
    }

    /** The number of an outside form that was made with our key. */
    public OptionalLong parse(String text) {
        byte[] block;
        try {
            block = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        if (block.length != TAG + Long.BYTES) {
            return OptionalLong.empty();
        }
        ByteBuffer plain = ByteBuffer.wrap(apply(Cipher.DECRYPT_MODE, block));
        byte[] found = new byte[TAG];
        plain.get(found);
        return Arrays.equals(found, tag) ? OptionalLong.of(plain.getLong()) : OptionalLong.empty();
    }

    /** The number of an outside form as logs have it; what isn't ours stays as it is. */
    public String cid(String text) {
        OptionalLong id = parse(text);
        return id.isPresent() ? ConnectionIds.print(id.getAsLong()) : text;
    }

    private byte[] apply(int mode, byte[] block) {
        try {
            // A single block whose plain text never repeats: what ECB is bad at doesn't arise.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES", e);
        }
    }
}
