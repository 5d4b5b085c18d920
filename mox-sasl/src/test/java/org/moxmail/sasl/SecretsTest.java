package org.moxmail.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecretsTest {
    private static final HexFormat HEX = HexFormat.of();

    // RFC 1321 appendix A.5
    @ParameterizedTest
    @CsvSource({
        "'', d41d8cd98f00b204e9800998ecf8427e",
        "a, 0cc175b9c0f1b6a831c399e269772661",
        "abc, 900150983cd24fb0d6963f7d28e17f72",
        "message digest, f96b697d7cb7938d525a2f31aaf161d0",
        "abcdefghijklmnopqrstuvwxyz, c3fcd3d76192e4007dfb496cca67e13b",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, d174ab98d277d9f5a5611c2c9f419d9f",
    })
    void md5IsThatOfRfc1321(String text, String digest) {
        assertEquals(digest, HEX.formatHex(new Md5State().finish(Octets.utf8(text))));
    }

    @Test
    void md5IsTheJdksForAllLengthsAndFromAnyState() throws GeneralSecurityException {
        Random random = new Random(1321);
        for (int length = 0; length < 300; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            byte[] expected = MessageDigest.getInstance("MD5").digest(data);
            assertArrayEquals(expected, new Md5State().finish(data), "length " + length);
            int blocks = length / Md5State.BLOCK_OCTETS;
            Md5State state = new Md5State();
            for (int i = 0; i < blocks; i++) {
                state.block(data, i * Md5State.BLOCK_OCTETS);
                state = Md5State.of(state.toBytes(), 0, i + 1);
            }
            assertArrayEquals(expected, state.finish(Arrays.copyOfRange(data, blocks * Md5State.BLOCK_OCTETS, length)));
        }
    }

    @Test
    void cramSecretsSignAsHmacMd5() throws GeneralSecurityException {
        for (int length = 1; length < 150; length++) {
            String password = "p".repeat(length);
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(Octets.utf8(password), "HmacMD5"));
            byte[] challenge = Octets.utf8("<1." + length + "@mx.example>");
            CramSecret secret = CramSecret.derive(password.toCharArray());
            assertArrayEquals(mac.doFinal(challenge), secret.digest(challenge));
            assertArrayEquals(
                    secret.digest(challenge),
                    CramSecret.fromBytes(secret.toBytes()).digest(challenge));
        }
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void saltedPasswordsAreThoseOfPbkdf2(ScramHash hash) throws GeneralSecurityException {
        for (String password : new String[] {"pencil", "pässword", "p".repeat(200)}) {
            byte[] salt = Octets.utf8("salt of " + password);
            byte[] expected = SecretKeyFactory.getInstance("PBKDF2With" + hash.hmac())
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 100, hash.octets() * 8))
                    .getEncoded();
            assertArrayEquals(
                    expected,
                    ScramSecret.saltedPassword(hash, password.toCharArray(), PasswordPreparation.NONE, salt, 100));
        }
    }

    // The stored forms are for ever.
    @Test
    void storedFormsStayWhatTheyAre() {
        ScramSecret scram = ScramSecret.derive(
                ScramHash.SHA_256,
                "pencil".toCharArray(),
                PasswordPreparation.OPAQUE_STRING,
                Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="),
                4096);
        String stored = "010200001000105b6d99689d12358eeca04b141236fa81"
                + "586e5df283e6dceb5c3e791d8b8528ec191e664045ce971792e2e6b5bb13e2a6"
                + "c1f3cbc1c13a9d35a14c0990eed97629ea225863e566a4314ab99f3f00e5d9d5";
        assertEquals(stored, HEX.formatHex(scram.toBytes()));
        assertEquals(
                stored,
                HEX.formatHex(ScramSecret.fromBytes(HEX.parseHex(stored)).toBytes()));
        assertEquals(4096, scram.iterations());
        assertEquals(ScramHash.SHA_256, scram.hash());
        CramSecret cram = CramSecret.derive("tanstaaftanstaaf".toCharArray());
        String states = "0154b21152711fb604ca3e035e7015116bd06d4e1b26fccaa4b0b61801132340a3";
        assertEquals(states, HEX.formatHex(cram.toBytes()));
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void newSecretsHaveNewSaltsAndTheDefaultIterations(ScramHash hash) {
        ScramSecret first = ScramSecret.derive(hash, "pencil".toCharArray(), TestUsers.RANDOM);
        ScramSecret second = ScramSecret.derive(hash, "pencil".toCharArray(), TestUsers.RANDOM);
        assertEquals(hash.defaultIterations(), first.iterations());
        assertEquals(ScramSecret.SALT_OCTETS, first.salt().length);
        assertFalse(Arrays.equals(first.salt(), second.salt()));
        assertArrayEquals(
                first.toBytes(), ScramSecret.fromBytes(first.toBytes()).toBytes());
    }

    @Test
    void whatIsNoStoredSecretIsRefused() {
        byte[] good = ScramSecret.derive(ScramHash.SHA_1, "pencil".toCharArray(), TestUsers.RANDOM)
                .toBytes();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IllegalArgumentException.class, () -> ScramSecret.fromBytes(cut));
        }
        assertThrows(IllegalArgumentException.class, () -> ScramSecret.fromBytes(Arrays.copyOf(good, good.length + 1)));
        for (int at : new int[] {0, 1, 2, 6}) {
            byte[] changed = good.clone();
            changed[at] = 0x7f;
            assertThrows(IllegalArgumentException.class, () -> ScramSecret.fromBytes(changed), "at " + at);
        }
        assertThrows(IllegalArgumentException.class, () -> CramSecret.fromBytes(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> CramSecret.fromBytes(new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> new UnknownUsers(new byte[15]));
        assertThrows(
                IllegalArgumentException.class,
                () -> ScramSecret.derive(
                        ScramHash.SHA_1, "x".toCharArray(), PasswordPreparation.NONE, new byte[0], 4096));
    }

    @Test
    void secretsDoNotPrintThemselves() {
        assertEquals(
                "ScramSecret[SHA-1, 8192 iterations]",
                ScramSecret.derive(ScramHash.SHA_1, "pencil".toCharArray(), TestUsers.RANDOM)
                        .toString());
        assertEquals("CramSecret", CramSecret.derive("x".toCharArray()).toString());
        assertEquals("ChannelBinding[x]", new ChannelBinding("x", new byte[1]).toString());
    }
}
