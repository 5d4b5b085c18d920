package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

/** Keys: made, read, published, looked up, kept. */
class DkimKeysTest {
    @Test
    void keysSurvivePem() throws Exception {
        for (KeyPair pair : List.of(Signed.RSA, Signed.ED25519)) {
            PrivateKey read = DkimKeys.readPem("text before\n" + DkimKeys.printPem(pair.getPrivate()));
            assertEquals(pair.getPrivate(), read);
            assertEquals(pair.getPublic(), DkimKeys.publicKey(read));
        }
    }

    /** RFC 8463 appendix A.1; the Ed25519 key is wrapped as RFC 8410 §7 has it. */
    @Test
    void theSecretKeysOfTheRfcBelongToItsRecords() throws Exception {
        byte[] seed = java.util.Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        byte[] octets = java.util.HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + java.util.HexFormat.of().formatHex(seed));
        assertEquals(
                "v=DKIM1;k=ed25519;p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                DkimKeyRecord.of(DkimKeys.publicKey(DkimKeys.readPkcs8(octets))).print());
        PrivateKey rsa = DkimKeys.readPem("""
            -----BEGIN RSA PRIVATE KEY-----
            MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
            Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
            KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
            AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
            6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
            zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
            6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
            uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
            WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
            WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
            licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
            o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
            uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
            -----END RSA PRIVATE KEY-----
            """);
        assertTrue(DkimKeyRecord.of(DkimKeys.publicKey(rsa))
                .print()
                .startsWith("v=DKIM1;p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n*\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefused(String pem) {
        assertThrows(SyntaxException.class, () -> DkimKeys.readPem(pem));
    }

    @Test
    void shortKeysAreNotMade() {
        assertThrows(IllegalArgumentException.class, () -> DkimKeys.generateRsa(512, new SecureRandom()));
    }

    @Test
    void aZoneLineHasStringsTheDnsCanCarry() throws Exception {
        DkimKeyRecord record =
                DkimKeyRecord.of(DkimKeys.generateRsa(2048, new SecureRandom()).getPublic());
        StringBuilder text = new StringBuilder();
        String line = DkimKeys.zoneLine("may", record);
        assertTrue(line.startsWith("may._domainkey TXT (\n"));
        for (String string :
                line.lines().filter(part -> part.startsWith("\t\"")).toList()) {
            assertTrue(string.length() <= 255);
            text.append(string, 2, string.length() - 1);
        }
        assertEquals(record, DkimKeyRecord.parse(text.toString()));
    }

    @Test
    void selectorsMustBeNames() {
        for (String name : List.of("", "a b", "a..b", "UPPER", "b\u00fccher")) {
            assertThrows(IllegalArgumentException.class, () -> new DkimSelector(name, Signed.RSA.getPrivate()), name);
        }
    }

    @Test
    void keysAreKeptForTheirTimeToLiveWithinBounds() throws Exception {
        Instant[] now = {Signed.TIME};
        InstantSource clock = () -> now[0];
        ZoneResolver dns = Signed.dns();
        for (List<Duration> bounds : List.of(
                List.of(Duration.ZERO, Duration.ofDays(1), ZoneResolver.TTL),
                List.of(Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofMinutes(10)),
                List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1)))) {
            MemoryKeyCache cache = new MemoryKeyCache(clock, 2, bounds.get(0), bounds.get(1));
            DkimKeyLookup keys = new DkimKeyLookup(dns, cache, DkimLimits.DEFAULT);
            int before = dns.asked().size();
            DkimKeyAnswer first = keys.lookup("rsa", Signed.DOMAIN);
            now[0] = now[0].plus(bounds.get(2)).minusNanos(1);
            assertEquals(first, keys.lookup("rsa", Signed.DOMAIN));
            assertEquals(before + 1, dns.asked().size());
            now[0] = now[0].plusNanos(1);
            assertEquals(first, keys.lookup("rsa", Signed.DOMAIN));
            assertEquals(before + 2, dns.asked().size());
        }
    }

    @Test
    void theKeyNotUsedForLongestGoesFirst() throws Exception {
        MemoryKeyCache cache = new MemoryKeyCache(Signed.CLOCK, 2, Duration.ZERO, Duration.ofHours(1));
        DkimKeyAnswer answer = new DkimKeyAnswer.Found(DkimKeyRecord.of(Signed.RSA.getPublic()), true);
        DnsName[] names = {DnsName.parse("a.example"), DnsName.parse("b.example"), DnsName.parse("c.example")};
        cache.keep(names[0], answer, Duration.ofMinutes(1));
        cache.keep(names[1], answer, Duration.ofMinutes(1));
        assertEquals(Optional.of(answer), cache.find(names[0]));
        cache.keep(names[2], answer, Duration.ofMinutes(1));
        assertEquals(Optional.empty(), cache.find(names[1]));
        assertEquals(Optional.of(answer), cache.find(names[0]));
    }

    @Test
    void missingKeysAndFailuresAreAskedForAgain() throws Exception {
        ZoneResolver dns = new ZoneResolver().fail("x._domainkey.example.org", RecordType.TXT, DnsFailure.TIMEOUT);
        DkimKeyLookup keys = new DkimKeyLookup(dns, new MemoryKeyCache(Signed.CLOCK), DkimLimits.DEFAULT);
        for (int i = 0; i < 2; i++) {
            assertEquals(DkimReason.DNS, ((DkimKeyAnswer.Missing) keys.lookup("x", Signed.DOMAIN)).reason());
            assertEquals(DkimReason.NO_KEY, ((DkimKeyAnswer.Missing) keys.lookup("y", Signed.DOMAIN)).reason());
        }
        assertEquals(4, dns.asked().size());
    }

    @Test
    void namesTheDnsCannotCarryHaveNoKey() throws Exception {
        String selector = String.join(".", java.util.Collections.nCopies(4, "a".repeat(60)));
        DkimKeyAnswer answer = new DkimKeyLookup(new ZoneResolver()).lookup(selector, Signed.DOMAIN);
        assertEquals(DkimReason.NO_KEY, ((DkimKeyAnswer.Missing) answer).reason());
    }
}
