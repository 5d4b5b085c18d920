package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.time.testing.FakeTiming;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNSSEC validated here, RFC 4035 §5: a root with a signed and an unsigned zone below, as a resolver that doesn't validate has them. */
class ValidationTest {
    private static final Instant INCEPTION = Instant.parse("2025-12-01T00:00:00Z");
    private static final Instant EXPIRATION = Instant.parse("2026-02-01T00:00:00Z");

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private @Nullable SignedZone root;
    private @Nullable SignedZone example;
    private @Nullable LoopbackServer server;

    @BeforeEach
    void zones() throws Exception {
        SignedZone below = new SignedZone("example.", INCEPTION, EXPIRATION);
        below.add(
                a("mail.example.", "192.0.2.1"), a("bogus.example.", "192.0.2.2"), a("stripped.example.", "192.0.2.3"));
        below.add(alias("alias.example.", "mail.example."), alias("out.example.", "host.unsigned."));
        SignedZone top = new SignedZone(".", INCEPTION, EXPIRATION);
        top.add(below.delegation(), ns("example."), ns("unsigned."), ns("."));
        top.sign();
        below.sign();
        root = top;
        example = below;
        server = new LoopbackServer((query, tcp) -> answer(top, below, query).toWire());
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Record a(String name, String address) throws IOException {
        return new ARecord(Name.fromString(name), DClass.IN, 300, InetAddress.getByName(address));
    }

    private static Record alias(String name, String target) throws IOException {
        return new CNAMERecord(Name.fromString(name), DClass.IN, 300, Name.fromString(target));
    }

    private static Record ns(String name) throws IOException {
        return new NSRecord(Name.fromString(name), DClass.IN, 300, Name.fromString("ns.unsigned."));
    }

    private static Message answer(SignedZone root, SignedZone example, Message query) throws IOException {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        Record question = query.getQuestion();
        answer.addRecord(question, Section.QUESTION);
        int type = question.getType();
        Name at = question.getName();
        while (true) {
            if (at.subdomain(Name.fromString("unsigned.")) && !(type == Type.DS && at.labels() == 2)) {
                if (type == Type.A) {
                    answer.addRecord(a(at.toString(), "198.51.100.1"), Section.ANSWER);
                }
                return answer;
            }
            boolean fromRoot = !at.subdomain(example.origin()) || (type == Type.DS && at.equals(example.origin()));
            SignedZone zone = fromRoot ? root : example;
            RRset set = zone.find(at, type);
            RRset alias = zone.find(at, Type.CNAME);
            if (set != null) {
                put(answer, set, Section.ANSWER);
                return answer;
            }
            if (alias == null) {
                return absent(answer, zone, at);
            }
            put(answer, alias, Section.ANSWER);
            at = ((CNAMERecord) alias.first()).getTarget();
        }
    }

    private static Message absent(Message answer, SignedZone zone, Name at) throws IOException {
        put(answer, zone.soa(), Section.AUTHORITY);
        Set<RRset> proofs = new LinkedHashSet<>();
        proofs.add(zone.proof(at));
        if (!zone.exists(at)) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            proofs.add(zone.proof(Name.concatenate(Name.fromString("*"), zone.origin())));
        }
        for (RRset proof : proofs) {
            put(answer, proof, Section.AUTHORITY);
        }
        return answer;
    }

    /** Records and their signatures; of some names, forged. */
    private static void put(Message answer, RRset set, int section) throws IOException {
        boolean forged = set.getType() == Type.A && set.getName().toString().equals("bogus.example.");
        for (Record record : set.rrs(false)) {
            answer.addRecord(forged ? a("bogus.example.", "203.0.113.1") : record, section);
        }
        if (!set.getName().toString().equals("stripped.example.")) {
            for (Record signature : set.sigs()) {
                answer.addRecord(signature, section);
            }
        }
    }

    private StubResolver resolver(SignedZone anchor) throws IOException {
        if (server == null) {
            throw new IllegalStateException();
        }
        byte[] anchors = anchor.delegation().toString().getBytes(StandardCharsets.US_ASCII);
        return StubResolver.validating(
                new DnsServers(List.of(server.address()), false),
                new ResolverLimits(Duration.ofSeconds(5), 2, Duration.ofSeconds(20), 16),
                timing,
                new ByteArrayInputStream(anchors));
    }

    private Answer<?> ask(String name, RecordType<?> type) throws Exception {
        if (root == null) {
            throw new IllegalStateException();
        }
        return resolver(root).lookup(DnsName.forLookup(name), type);
    }

    @Test
    void signedAnswersAreAuthenticAliasesToo() throws Exception {
        for (String name : List.of("mail.example", "alias.example")) {
            Answer.Found<?> found = assertInstanceOf(Answer.Found.class, ask(name, RecordType.A), name);
            assertTrue(found.authentic(), name);
            assertEquals("mail.example", found.canonicalName().ascii());
        }
    }

    @Test
    void provenAbsencesAreAuthentic() throws Exception { // RFC 4035 §5.4
        assertEquals(new Answer.NoData<>(true, Duration.ofMinutes(1)), ask("mail.example", RecordType.TXT));
        assertEquals(new Answer.NxDomain<>(true, Duration.ofMinutes(1)), ask("none.example", RecordType.A));
    }

    @Test
    void belowAnUnsignedDelegationNothingIsAuthenticAndAllIsWell() throws Exception { // RFC 4035 §5.2
        Answer.Found<?> found = assertInstanceOf(Answer.Found.class, ask("host.unsigned", RecordType.A));
        assertFalse(found.authentic());
        assertFalse(assertInstanceOf(Answer.Found.class, ask("out.example", RecordType.A))
                .authentic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus.example", "stripped.example"})
    void forgedAndStrippedAnswersAreBogus(String name) throws Exception { // RFC 4035 §5.5
        Answer.Failed<?> failed = assertInstanceOf(Answer.Failed.class, ask(name, RecordType.A));
        assertEquals(DnsFailure.BOGUS, failed.cause(), failed.detail());
        assertTrue(failed.detail().contains("extended error"), failed.detail());
        assertFalse(failed.authentic());
    }

    @Test
    void signaturesEndByTheClockThatWasGiven() throws Exception {
        timing.advance(Duration.ofDays(40));
        Answer.Failed<?> failed = assertInstanceOf(Answer.Failed.class, ask("mail.example", RecordType.A));
        assertEquals(DnsFailure.BOGUS, failed.cause(), failed.detail());
    }

    @Test
    void aRootWithAnotherKeyIsBogus() throws Exception {
        SignedZone other = new SignedZone(".", INCEPTION, EXPIRATION);
        Answer<?> answer = resolver(other).lookup(DnsName.parse("mail.example"), RecordType.A);
        assertEquals(
                DnsFailure.BOGUS, assertInstanceOf(Answer.Failed.class, answer).cause());
    }

    @Test
    void theBundledKeysOfTheRootAreReadAndDoNotFitThisRoot() throws Exception {
        if (server == null || example == null) {
            throw new IllegalStateException();
        }
        StubResolver bundled = StubResolver.validating(
                new DnsServers(List.of(server.address()), false), ResolverLimits.DEFAULT, timing);
        Answer<?> answer = bundled.lookup(DnsName.parse("mail.example"), RecordType.A);
        assertEquals(
                DnsFailure.BOGUS, assertInstanceOf(Answer.Failed.class, answer).cause());
    }
}
