package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

@Timeout(30)
class HttpsPolicyFetcherTest {
    private static final String POLICY = "version: STSv1\r\nmode: enforce\r\nmax_age: 60\r\nmx: mail.example.org\r\n";

    private final ZoneResolver zone = new ZoneResolver().address("mta-sts.example.org", "192.0.2.1");
    private Timing timing = Timing.system();

    private PolicyOutcome fetch(Dialer dialer) throws Exception {
        HttpsPolicyFetcher fetcher = new HttpsPolicyFetcher(
                zone,
                dialer,
                PolicyHost.context("trust.p12"),
                timing,
                Thread.ofVirtual().factory(),
                FetchLimits.STANDARD);
        return fetcher.fetch(DnsName.parse("example.org"));
    }

    private PolicyOutcome fetch(PolicyHost host) throws Exception {
        return fetch((address, timeout) -> {
            assertEquals(443, address.getPort());
            return new Socket(InetAddress.getLoopbackAddress(), host.port());
        });
    }

    private PolicyOutcome answer(String response) throws Exception {
        try (PolicyHost host = new PolicyHost("good", response, false)) {
            return fetch(host);
        }
    }

    private static String ok(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
    }

    @Test
    void aPolicyIsFetchedFromItsWellKnownPlace() throws Exception {
        try (PolicyHost host = new PolicyHost(
                "good", ok("Content-Length: " + POLICY.length() + "\r\nContent-Type: text/plain\r\n", POLICY), true)) {
            PolicyOutcome outcome = fetch(host);
            assertEquals(PolicyStatus.FOUND, outcome.status(), outcome.reason());
            assertEquals(POLICY, outcome.text());
            String request = host.requests().getFirst();
            assertTrue(request.startsWith("GET /.well-known/mta-sts.txt HTTP/1.1\n"), request);
            assertTrue(request.contains("\nHost: mta-sts.example.org\n"), request);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n%s",
                "HTTP/1.0 200\r\ncontent-type: Text/Plain; charset=utf-8\r\n\r\n%s",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\nX: y\n\n%s",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n42;x=y\r\n%s\r\n0\r\n\r\n"
            })
    void anyFormOfResponseWillDo(String response) throws Exception {
        assertEquals(0x42, POLICY.length());
        PolicyOutcome outcome = answer(response.replace("%s", POLICY));
        assertEquals(PolicyStatus.FOUND, outcome.status(), outcome.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 404 Not Found~Content-Length: 0~~|NOT_FOUND|HTTP status 404",
                "HTTP/1.1 301 Moved~Location: https://mta-sts.example.org/other~~|FETCH_ERROR|HTTP status 301",
                "HTTP/1.1 503 Busy~~|FETCH_ERROR|HTTP status 503",
                "HTTP/1.1 101 Switching~~|FETCH_ERROR|HTTP status 101",
                "HTTP/1.1 200 OK~Content-Type: text/html~~<html>|FETCH_ERROR|text/html",
                "HTTP/1.1 200 OK~Content-Encoding: gzip~~x|FETCH_ERROR|content coding",
                "HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~x|FETCH_ERROR|transfer coding",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~|FETCH_ERROR|chunk size",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~ab~0~~|FETCH_ERROR|longer than it says",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~ab|FETCH_ERROR|ended within",
                "HTTP/1.1 200 OK~Content-Length: 10~~ab|FETCH_ERROR|ended within",
                "HTTP/1.1 200 OK~Content-Length: ten~~ab|FETCH_ERROR|Content-Length",
                "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~ab|FETCH_ERROR|Content-Length",
                "HTTP/1.1 200 OK~no colon~~ab|FETCH_ERROR|colon",
                "HTTP/1.1 200 OK~~no policy|POLICY_INVALID|offset 0",
                "HTTP/1.1 200 OK~~version: \u00ff|POLICY_INVALID|UTF-8",
                "220 mail.example.org ESMTP~|FETCH_ERROR|no HTTP",
                "HTTP/1.1 200 OK~Content-Length: 65537~~|POLICY_INVALID|65536 octets",
                "''|FETCH_ERROR|ended within"
            })
    void anythingElseIsNoPolicyAndSaysWhy(String response, PolicyStatus status, String reason) throws Exception {
        PolicyOutcome outcome = answer(response.replace("~", "\r\n"));
        assertEquals(status, outcome.status(), outcome.reason());
        assertTrue(outcome.reason().contains(reason), outcome.reason());
    }

    @Test
    void headersAndPoliciesHaveTheirLimit() throws Exception {
        PolicyOutcome outcome = answer(ok("X: " + "y".repeat(17_000) + "\r\n", POLICY));
        assertEquals(PolicyStatus.FETCH_ERROR, outcome.status());
        assertTrue(outcome.reason().contains("too long"), outcome.reason());
        String line = "x: " + "y".repeat(1000) + "\n";
        assertEquals(
                PolicyStatus.POLICY_INVALID,
                answer(ok("", POLICY + line.repeat(70))).status());
        assertEquals(
                PolicyStatus.POLICY_INVALID,
                answer(ok("Transfer-Encoding: chunked\r\n", "ffffffff\r\n")).status());
        assertEquals(
                PolicyStatus.FOUND, answer(ok("", POLICY + line.repeat(60))).status());
    }

    @ParameterizedTest
    @CsvSource({
        "good, FOUND",
        "wildcard, FOUND",
        "other-name, CERTIFICATE_INVALID",
        "common-name, CERTIFICATE_INVALID",
        "expired, CERTIFICATE_INVALID",
        "self-signed, CERTIFICATE_INVALID"
    })
    void theCertificateMustBeGoodForThePolicyHost(String keys, PolicyStatus status) throws Exception {
        try (PolicyHost host = new PolicyHost(keys, ok("", POLICY), false)) {
            PolicyOutcome outcome = fetch(host);
            assertEquals(status, outcome.status(), outcome.reason());
        }
    }

    @Test
    void whatIsNoTlsIsAFetchError() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            PolicyOutcome outcome =
                    fetch((address, timeout) -> new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            assertEquals(PolicyStatus.FETCH_ERROR, outcome.status(), outcome.reason());
        }
    }

    @Test
    void addressesAreTriedInTurnUpToALimit() throws Exception {
        zone.address("mta-sts.example.org", "192.0.2.2", "192.0.2.3", "192.0.2.4", "2001:db8::1");
        List<InetSocketAddress> dialed = new CopyOnWriteArrayList<>();
        PolicyOutcome outcome = fetch((address, timeout) -> {
            dialed.add(address);
            throw new IOException("connection refused");
        });
        assertEquals(PolicyStatus.FETCH_ERROR, outcome.status());
        assertTrue(outcome.reason().contains("192.0.2.3): connection refused"), outcome.reason());
        assertEquals(4, dialed.size());
    }

    @Test
    void aHostWithoutAddressHasNoPolicyAndOneThatCannotBeLookedUpIsAnError() throws Exception {
        Dialer never = (address, timeout) -> {
            throw new AssertionError("nobody is dialed");
        };
        ZoneResolver empty = new ZoneResolver();
        HttpsPolicyFetcher fetcher = new HttpsPolicyFetcher(
                empty,
                never,
                PolicyHost.context("trust.p12"),
                timing,
                Thread.ofVirtual().factory(),
                FetchLimits.STANDARD);
        assertEquals(
                PolicyStatus.NOT_FOUND,
                fetcher.fetch(DnsName.parse("example.org")).status());
        empty.fail("mta-sts.example.org", RecordType.A, DnsFailure.SERVFAIL);
        assertEquals(
                PolicyStatus.FETCH_ERROR,
                fetcher.fetch(DnsName.parse("example.org")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion"})
    void aHostThatTakesTooLongIsLeft(String response) throws Exception {
        FakeTiming fake = FakeTiming.at("2026-01-01T00:00:00Z");
        timing = fake;
        try (PolicyHost host = new PolicyHost("good", response, true)) {
            FutureTask<PolicyOutcome> task = new FutureTask<>(() -> fetch(host));
            Thread.ofVirtual().start(task);
            fake.awaitWaiters(1);
            fake.advance(Duration.ofMinutes(1));
            PolicyOutcome outcome = task.get();
            assertEquals(PolicyStatus.FETCH_ERROR, outcome.status());
            assertTrue(outcome.reason().contains("in time"), outcome.reason());
        }
    }
}
