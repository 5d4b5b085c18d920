package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.time.Timing;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

class StubResolverTest {
    private static final ResolverLimits LIMITS =
            new ResolverLimits(Duration.ofSeconds(5), 2, Duration.ofSeconds(20), 16);

    /** For servers that don't answer. */
    private static final ResolverLimits BRIEF =
            new ResolverLimits(Duration.ofMillis(100), 2, Duration.ofSeconds(20), 16);

    private static final String ZONE = """
        example.org. 300 IN SOA ns.example.org. admin.example.org. 1 3600 900 604800 60
        mail.example.org. 120 IN A 192.0.2.1
        mail.example.org. 120 IN A 192.0.2.2
        mail.example.org. 120 IN AAAA 2001:db8::1
        mapped.example.org. 120 IN AAAA ::ffff:192.0.2.1
        example.org. 200 IN MX 10 mail.example.org.
        example.org. 200 IN MX 20 under_score.example.org.
        example.org. 200 IN MX 30 192.0.2.1.
        bad.example.org. 200 IN MX 30 a\\032b.example.org.
        null.example.org. 200 IN MX 0 .
        idn.example.org. 200 IN MX 0 xn--bcher-kva.example.
        text.example.org. 90 IN TXT "one " "two" "\\228\\000\\"x"
        text.example.org. 90 IN TXT "other"
        alias.example.org. 10 IN CNAME alias2.example.org.
        alias2.example.org. 500 IN CNAME mail.example.org.
        loop.example.org. 10 IN CNAME loop.example.org.
        odd.example.org. 10 IN CNAME a\\.b.example.org.
        gone.example.org. 10 IN CNAME nothing.example.org.
        1.2.0.192.in-addr.arpa. 10 IN PTR mail.example.org.
        _imaps._tcp.example.org. 10 IN SRV 1 2 993 mail.example.org.
        _25._tcp.mail.example.org. 10 IN TLSA 3 1 1 0A1B
        example.org. 10 IN NS ns.example.org.
        a\\032b.example.org. 10 IN A 192.0.2.9
        """;

    private final List<LoopbackServer> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (LoopbackServer server : servers) {
            server.close();
        }
    }

    private LoopbackServer server(LoopbackServer.Handler handler) throws IOException {
        LoopbackServer server = new LoopbackServer(handler);
        servers.add(server);
        return server;
    }

    private static StubResolver resolver(ResolverLimits limits, InetSocketAddress... addresses) {
        return StubResolver.trusting(new DnsServers(List.of(addresses), false), limits, Timing.system());
    }

    private static <R> Answer<R> ask(Resolver resolver, String name, RecordType<R> type) throws Exception {
        return resolver.lookup(DnsName.forLookup(name), type);
    }

    private static List<Record> zone() throws IOException {
        List<Record> records = new ArrayList<>();
        try (Master master = new Master(new ByteArrayInputStream(ZONE.getBytes(StandardCharsets.US_ASCII)))) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        }
        return records;
    }

    /** What a recursive resolver answers from the zone. */
    private static Message answer(Message query, boolean chase) throws IOException {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        List<Record> zone = zone();
        Name at = query.getQuestion().getName();
        boolean exists = false;
        for (int hop = 0; at != null && hop < 20; hop++) {
            Name owner = at;
            at = null;
            for (Record record : zone) {
                if (record.getName().subdomain(owner)) {
                    exists = true;
                }
                if (!record.getName().equals(owner)) {
                    continue;
                }
                if (record.getType() == query.getQuestion().getType()) {
                    answer.addRecord(record, Section.ANSWER);
                } else if (record instanceof CNAMERecord alias) {
                    if (!answer.findRecord(record, Section.ANSWER)) {
                        answer.addRecord(record, Section.ANSWER);
                    }
                    at = chase ? alias.getTarget() : null;
                    exists = !chase;
                }
            }
        }
        if (!exists) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        if (answer.getSection(Section.ANSWER).isEmpty() || !exists) {
            answer.addRecord(zone.getFirst(), Section.AUTHORITY);
        }
        return answer;
    }

    private StubResolver zoneResolver() throws IOException {
        return resolver(
                LIMITS, server((query, tcp) -> answer(query, true).toWire()).address());
    }

    @Test
    void recordsOfEachTypeAreRead() throws Exception {
        StubResolver resolver = zoneResolver();
        assertEquals(
                new Answer.Found<>(
                        List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("192.0.2.2")),
                        DnsName.parse("mail.example.org"),
                        false,
                        Duration.ofMinutes(2)),
                ask(resolver, "mail.example.org", RecordType.A));
        assertEquals(
                "2001:db8::1",
                Addresses.print(ask(resolver, "mail.example.org", RecordType.AAAA)
                        .records()
                        .getFirst()));
        assertEquals(
                16,
                ask(resolver, "mapped.example.org", RecordType.AAAA)
                        .records()
                        .getFirst()
                        .getAddress()
                        .length);
        assertEquals(
                List.of(DnsName.parse("mail.example.org")),
                ask(resolver, "1.2.0.192.in-addr.arpa", RecordType.PTR).records());
        assertEquals(
                List.of(new SrvRecord(1, 2, 993, Optional.of(DnsName.parse("mail.example.org")))),
                ask(resolver, "_imaps._tcp.example.org", RecordType.SRV).records());
        assertEquals(
                List.of(new TlsaRecord(3, 1, 1, Bytes.ofHex("0a1b"))),
                ask(resolver, "_25._tcp.mail.example.org", RecordType.TLSA).records());
        assertEquals(
                List.of(DnsName.parse("ns.example.org")),
                ask(resolver, "example.org", RecordType.NS).records());
        assertEquals(
                List.of(DnsName.parse("alias2.example.org")),
                ask(resolver, "alias.example.org", RecordType.CNAME).records());
        assertEquals(1, ask(resolver, "a b.example.org", RecordType.A).records().size());
    }

    @Test
    void textKeepsItsOctets() throws Exception {
        assertEquals(
                List.of("one two\u00e4\u0000\"x", "other"),
                ask(zoneResolver(), "text.example.org", RecordType.TXT).records());
    }

    @Test
    void exchangesThatAreNoHostsAreLeftOut() throws Exception {
        StubResolver resolver = zoneResolver();
        assertEquals(
                List.of("mail.example.org", "under_score.example.org"),
                ask(resolver, "example.org", RecordType.MX).records().stream()
                        .map(mx -> mx.exchange().orElseThrow().ascii())
                        .toList());
        assertEquals(
                List.of(new MxRecord(0, Optional.empty())),
                ask(resolver, "null.example.org", RecordType.MX).records());
        assertEquals(
                "b\u00fccher.example",
                ask(resolver, "idn.example.org", RecordType.MX)
                        .records()
                        .getFirst()
                        .exchange()
                        .orElseThrow()
                        .unicode());
        assertEquals(
                new Answer.Failed<>(DnsFailure.MALFORMED, "no usable MX record for bad.example.org"),
                ask(resolver, "bad.example.org", RecordType.MX));
    }

    @Test
    void absencesAreToldApartWithTheirTime() throws Exception {
        StubResolver resolver = zoneResolver();
        assertEquals(
                new Answer.NoData<>(false, Duration.ofSeconds(60)), ask(resolver, "mail.example.org", RecordType.TXT));
        assertEquals(
                new Answer.NxDomain<>(false, Duration.ofSeconds(60)),
                ask(resolver, "none.example.org", RecordType.TXT));
        assertEquals(
                new Answer.NxDomain<>(false, Duration.ofSeconds(10)),
                ask(resolver, "gone.example.org", RecordType.TXT));
    }

    @Test
    void aliasesAreFollowedWithinOneAnswerOrSeveral() throws Exception {
        for (boolean chase : new boolean[] {true, false}) {
            StubResolver resolver = resolver(
                    LIMITS,
                    server((query, tcp) -> answer(query, chase).toWire()).address());
            Answer.Found<?> found =
                    assertInstanceOf(Answer.Found.class, ask(resolver, "alias.example.org", RecordType.AAAA));
            assertEquals("mail.example.org", found.canonicalName().ascii());
            assertEquals(Duration.ofSeconds(10), found.ttl());
            assertEquals(
                    new Answer.Failed<>(DnsFailure.MALFORMED, "more than 16 aliases for loop.example.org"),
                    ask(resolver, "loop.example.org", RecordType.A));
            assertEquals(
                    new Answer.Failed<>(
                            DnsFailure.MALFORMED, "an alias of a name that can't be looked up for odd.example.org"),
                    ask(resolver, "odd.example.org", RecordType.A));
        }
    }

    @Test
    void queriesHaveEdnsAndWhatIsTruncatedIsAskedOverTcp() throws Exception {
        AtomicInteger payload = new AtomicInteger();
        LoopbackServer server = server((query, tcp) -> {
            payload.set(query.getOPT().getPayloadSize());
            Message answer = answer(query, true);
            if (!tcp) {
                answer.removeAllRecords(Section.ANSWER);
                answer.getHeader().setFlag(Flags.TC);
            }
            return answer.toWire();
        });
        assertEquals(
                2,
                ask(resolver(LIMITS, server.address()), "mail.example.org", RecordType.A)
                        .records()
                        .size());
        assertEquals(List.of("UDP mail.example.org. A", "TCP mail.example.org. A"), server.asked());
        assertEquals(1232, payload.get());
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "2, -1, SERVFAIL, servfail from",
        "2, 6, BOGUS, 'servfail (extended error 6, DNSSEC_BOGUS: bad ?day) from'",
        "2, 7, BOGUS, 'servfail (extended error 7, SIGNATURE_EXPIRED: bad ?day) from'",
        "2, 22, SERVFAIL, 'servfail (extended error 22, NO_REACHABLE_AUTHORITY: bad ?day) from'",
        "5, 15, REFUSED, 'refused (extended error 15, BLOCKED: bad ?day) from'",
        "1, -1, SERVFAIL, formerr from",
        "4, -1, SERVFAIL, notimp from",
    })
    void failuresAreToldWithTheirExtendedError(int rcode, int code, DnsFailure cause, String detail) throws Exception {
        LoopbackServer server = server((query, tcp) -> {
            Message answer = answer(query, true);
            answer.removeAllRecords(Section.ANSWER);
            answer.getHeader().setRcode(rcode);
            if (code >= 0) {
                answer.addRecord(
                        new OPTRecord(1232, 0, 0, 0, new ExtendedErrorCodeOption(code, "bad \nday")),
                        Section.ADDITIONAL);
            }
            return answer.toWire();
        });
        Answer.Failed<?> failed = assertInstanceOf(
                Answer.Failed.class, ask(resolver(LIMITS, server.address()), "mail.example.org", RecordType.A));
        assertEquals(cause, failed.cause(), failed.detail());
        assertTrue(failed.detail().startsWith(detail + " 127.0.0.1 port "), failed.detail());
        assertEquals(1, server.asked().size());
    }

    @Test
    void theNextServerIsAskedWhenOneFails() throws Exception {
        LoopbackServer good = server((query, tcp) -> answer(query, true).toWire());
        LoopbackServer silent = server((query, tcp) -> null);
        LoopbackServer lame = server((query, tcp) -> {
            Message answer = answer(query, true);
            answer.removeAllRecords(Section.ANSWER);
            answer.getHeader().setRcode(Rcode.REFUSED);
            return answer.toWire();
        });
        LoopbackServer garbage = server((query, tcp) -> new byte[] {1, 2, 3});
        for (LoopbackServer bad : List.of(silent, lame, garbage)) {
            assertEquals(
                    2,
                    ask(resolver(BRIEF, bad.address(), good.address()), "mail.example.org", RecordType.A)
                            .records()
                            .size());
            assertEquals(1, bad.asked().size());
        }
    }

    @Test
    void aServerThatMissesOneQueryIsAskedAgain() throws Exception {
        AtomicInteger queries = new AtomicInteger();
        LoopbackServer server = server((query, tcp) ->
                queries.incrementAndGet() == 1 ? null : answer(query, true).toWire());
        assertEquals(
                2,
                ask(resolver(BRIEF, server.address()), "mail.example.org", RecordType.A)
                        .records()
                        .size());
    }

    @Test
    void serversThatNeverAnswerAreATimeout() throws Exception {
        LoopbackServer server = server((query, tcp) -> null);
        Answer.Failed<?> failed = assertInstanceOf(
                Answer.Failed.class, ask(resolver(BRIEF, server.address()), "mail.example.org", RecordType.A));
        assertEquals(DnsFailure.TIMEOUT, failed.cause(), failed.detail());
        assertEquals(2, server.asked().size());
    }

    @Test
    void answersToOtherQueriesAreNotTaken() throws Exception {
        LoopbackServer ids = server((query, tcp) -> {
            Message answer = answer(query, true);
            answer.getHeader().setID((answer.getHeader().getID() + 1) & 0xffff);
            return answer.toWire();
        });
        LoopbackServer names = server((query, tcp) -> {
            Message answer = answer(query, true);
            answer.removeAllRecords(Section.QUESTION);
            answer.addRecord(
                    Record.newRecord(
                            Name.fromString("other.example."),
                            query.getQuestion().getType(),
                            1),
                    Section.QUESTION);
            return answer.toWire();
        });
        for (LoopbackServer server : List.of(ids, names)) {
            Answer.Failed<?> failed = assertInstanceOf(
                    Answer.Failed.class, ask(resolver(BRIEF, server.address()), "mail.example.org", RecordType.A));
            assertTrue(
                    failed.cause() == DnsFailure.MALFORMED || failed.cause() == DnsFailure.TIMEOUT, failed.toString());
        }
    }

    @Test
    void anUnreadableAnswerIsMalformed() throws Exception {
        LoopbackServer server = server((query, tcp) -> {
            byte[] answer = answer(query, true).toWire();
            return Arrays.copyOf(answer, answer.length - 3);
        });
        Answer.Failed<?> failed = assertInstanceOf(
                Answer.Failed.class, ask(resolver(BRIEF, server.address()), "mail.example.org", RecordType.A));
        assertEquals(DnsFailure.MALFORMED, failed.cause(), failed.detail());
    }

    @Test
    void whenNobodyListensOnThisMachineThereIsAHint() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Answer.Failed<?> failed = assertInstanceOf(
                Answer.Failed.class,
                ask(
                        resolver(BRIEF, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        "mail.example.org",
                        RecordType.A));
        assertEquals(DnsFailure.REFUSED, failed.cause(), failed.detail());
        assertTrue(failed.detail().contains("unbound"), failed.detail());
    }

    @Test
    void theAdBitIsBelievedOnThisMachineOrWhenTold() throws Exception {
        LoopbackServer server = server((query, tcp) -> {
            Message answer = answer(query, true);
            if (query.getHeader().getFlag(Flags.AD)) {
                answer.getHeader().setFlag(Flags.AD);
            }
            return answer.toWire();
        });
        StubResolver resolver = resolver(LIMITS, server.address());
        assertTrue(ask(resolver, "mail.example.org", RecordType.A).authentic());
        assertTrue(ask(resolver, "mail.example.org", RecordType.TXT).authentic());
        assertTrue(ask(resolver, "none.example.org", RecordType.TXT).authentic());
        assertFalse(ask(zoneResolver(), "mail.example.org", RecordType.A).authentic());

        InetSocketAddress far = new InetSocketAddress(Addresses.parse("192.0.2.53"), 53);
        assertFalse(new DnsServers(List.of(server.address(), far), false).trusted());
        assertTrue(new DnsServers(List.of(far), true).trusted());
    }

    @Test
    void anInterruptEndsALookup() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        LoopbackServer server = server((query, tcp) -> {
            asked.countDown();
            return null;
        });
        StubResolver resolver = resolver(LIMITS, server.address());
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                ask(resolver, "mail.example.org", RecordType.A);
            } catch (Exception e) {
                end.set(e);
            }
        });
        asked.await();
        thread.interrupt();
        thread.join();
        assertInstanceOf(InterruptedException.class, end.get());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> ask(resolver, "mail.example.org", RecordType.A));
    }

    @Test
    void resolvConfIsReadAsTheSystemDoes() {
        DnsServers servers = DnsServers.parse("""
            # comment
            search example.org
            nameserver 192.0.2.53
             nameserver\t2001:db8::53
            nameserver bad
            nameserver 192.0.2.54 more
            nameserver 192.0.2.55
            options ndots:1 trust-ad
            """);
        assertEquals(
                "[192.0.2.53, 2001:db8::53, 192.0.2.54]",
                servers.addresses().stream()
                        .map(address -> Addresses.print(address.getAddress()))
                        .toList()
                        .toString());
        assertTrue(servers.trustAd());
        assertTrue(servers.trusted());
        DnsServers none = DnsServers.parse("");
        assertEquals("127.0.0.1", Addresses.print(none.addresses().getFirst().getAddress()));
        assertTrue(none.trusted());
        assertFalse(none.trustAd());
    }
}
