package org.moxmail.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.DnsName;
import org.moxmail.sasl.PreparationException;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.limits.LimitSettings;
import org.moxmail.server.log.Log;
import org.moxmail.store.Store;
import org.moxmail.store.StoreOptions;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

class AuthenticatorTest {
    private static final PasswordSettings CHEAP = new PasswordSettings(8, 64, 1, 2, Duration.ofSeconds(20));
    private static final LoginPeer PEER = new LoginPeer("1", InetAddress.ofLiteral("192.0.2.1"), "imap");

    @TempDir
    Path directory;

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private Store store;
    private Authenticator authenticator;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(directory, StoreOptions.standard().withEngine(KvEngine.memory(Timing.system())));
        DnsName domain = DnsName.parse("example.org");
        Directory addresses = new Directory(new DirectorySettings(
                List.of(new DomainSettings(domain, Map.of("ann", "ann"), "ann", "+")), "ann", null));
        authenticator = new Authenticator(
                domain,
                addresses,
                store,
                new FailedLogins(timing, LimitSettings.DEFAULT),
                CHEAP,
                new byte[32],
                timing,
                new SecureRandom(),
                Log.of("auth"));
        authenticator.setPassword("ann", "correct horse".toCharArray());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private LoginExchanges exchanges() {
        return authenticator.exchanges(PEER, true);
    }

    private static byte[] plain(String user, String password) {
        return ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    private LoginFailure failure(String user, String password) {
        LoginExchanges exchanges = exchanges();
        SaslException refused = assertThrows(
                SaslException.class, () -> exchanges.start("PLAIN", null).evaluateResponse(plain(user, password)));
        return exchanges.failed("PLAIN", refused);
    }

    private Login login(String user, String password) throws SaslException {
        LoginExchanges exchanges = exchanges();
        SaslServer exchange = exchanges.start("PLAIN", null);
        assertNull(exchange.evaluateResponse(plain(user, password)));
        return exchanges.complete(exchange).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"ann@example.org", "ANN@Example.ORG", "ann+tag@example.org"})
    void anyAddressOfAnAccountIsAUserName(String user) throws Exception {
        Login login = login(user, "correct horse");
        assertEquals("ann", login.account());
        assertEquals(Scope.FULL, login.scope());
        assertTrue(
                user.equalsIgnoreCase(login.address().toString()),
                login.address().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.org, wrong horse",
        "nobody@example.org, correct horse",
        "ann@elsewhere.example, correct horse",
        "ann, correct horse",
        "@, correct horse",
    })
    void whatIsWrongIsNotTold(String user, String password) {
        assertEquals(LoginFailure.CREDENTIALS, failure(user, password));
    }

    @Test
    void spacesOfAnyKindAreOne() throws Exception {
        // RFC 8265 §4.2.2: OpaqueString maps other spaces to the ASCII one.
        assertEquals("ann", login("ann@example.org", "correct\u00a0horse").account());
    }

    @Test
    void anOldPasswordIsGoodForNothingEvenIfItWasRightAMomentAgo() throws Exception {
        login("ann@example.org", "correct horse");
        authenticator.setPassword("ann", "battery staple".toCharArray());
        assertEquals(LoginFailure.CREDENTIALS, failure("ann@example.org", "correct horse"));
        login("ann@example.org", "battery staple");
    }

    @Test
    void newPasswordsAreNeitherShortNorUnprintable() {
        assertThrows(IllegalArgumentException.class, () -> authenticator.setPassword("ann", "1234567".toCharArray()));
        assertThrows(PreparationException.class, () -> authenticator.setPassword("ann", "12345678\t".toCharArray()));
    }

    @Test
    void mechanismsThatShowPasswordsNeedTlsUnlessToldOtherwise() {
        List<String> privately = authenticator.exchanges(PEER, false).mechanisms(null);
        assertEquals(List.of("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"), privately);
        assertTrue(exchanges().mechanisms(null).containsAll(List.of("PLAIN", "LOGIN")));
    }

    @Test
    void aNetworkThatGuessesIsStoppedAndForgivenWithTime() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEquals(LoginFailure.CREDENTIALS, failure("ann@example.org", "guess " + i));
        }
        assertEquals(LoginFailure.TOO_MANY, failure("ann@example.org", "correct horse"));
        timing.advance(Duration.ofMinutes(1));
        login("ann@example.org", "correct horse");
    }

    @Test
    void malformedAndAbortedExchangesAreNoGuesses() throws Exception {
        for (int i = 0; i < 30; i++) {
            LoginExchanges exchanges = exchanges();
            SaslException malformed = assertThrows(
                    SaslException.class, () -> exchanges.start("PLAIN", null).evaluateResponse(new byte[] {'x'}));
            assertEquals(LoginFailure.MALFORMED, exchanges.failed("PLAIN", malformed));
        }
        login("ann@example.org", "correct horse");
    }

    @Test
    void actingAsSomebodyElseIsAnotherFailure() {
        LoginExchanges exchanges = exchanges();
        byte[] message = "bob@example.org\0ann@example.org\0correct horse".getBytes(StandardCharsets.UTF_8);
        SaslException refused = assertThrows(
                SaslException.class, () -> exchanges.start("PLAIN", null).evaluateResponse(message));
        assertEquals(LoginFailure.AUTHORIZATION, exchanges.failed("PLAIN", refused));
    }

    @Test
    void eachFailureAfterTheThirdCostsOneMoreSecond() {
        assertEquals(Duration.ZERO, exchanges().delay(3));
        assertEquals(Duration.ofSeconds(1), exchanges().delay(4));
        assertEquals(Duration.ofSeconds(7), exchanges().delay(10));
    }

    @Test
    void verifiedPasswordsAreForgottenAfterAWhileAndNeverMoreThanSoMany() {
        VerifiedPasswords verified = new VerifiedPasswords(timing, new SecureRandom());
        byte[] stored = {1};
        verified.add(stored, new byte[] {2});
        assertTrue(verified.contains(stored, new byte[] {2}));
        assertFalse(verified.contains(new byte[] {3}, new byte[] {2}));
        timing.advance(Duration.ofMinutes(15));
        assertFalse(verified.contains(stored, new byte[] {2}));
        verified.add(stored, new byte[] {2});
        for (int i = 0; i < 10_000; i++) {
            verified.add(stored, Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
        }
        assertFalse(verified.contains(stored, new byte[] {2}));
        assertTrue(verified.contains(stored, "9999".getBytes(StandardCharsets.US_ASCII)));
    }
}
