package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.time.testing.FakeTiming;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Chains of RSA, ECDSA and Ed25519 keys with proofs by NSEC and NSEC3, as other people's signers and servers make them. */
class RecordedChainsTest {
    private static final Map<String, byte[]> ANSWERS = new HashMap<>();
    private static final Set<String> MISSING = new ConcurrentSkipListSet<>();
    private static String anchor = "";
    private static @Nullable LoopbackServer server;

    private final FakeTiming timing = FakeTiming.at("2026-12-01T00:00:00Z");

    @BeforeAll
    static void play() throws IOException {
        try (InputStream in = RecordedChainsTest.class.getResourceAsStream("recorded-chains.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(RecordedChainsTest::read);
        }
        server = new LoopbackServer(RecordedChainsTest::answer);
    }

    private static void read(String line) {
        if (line.startsWith("; anchor ")) {
            anchor = line.substring("; anchor ".length());
        } else if (!line.startsWith(";")) {
            String[] words = line.split(" ", -1);
            String name = words[0].equals(".") ? words[0] : words[0] + ".";
            ANSWERS.put(name + " " + words[1], Base64.getDecoder().decode(words[2]));
        }
    }

    private static byte @Nullable [] answer(Message query, boolean tcp) throws IOException {
        String question = query.getQuestion().getName().toString().toLowerCase(Locale.ROOT) + " "
                + Type.string(query.getQuestion().getType());
        byte[] recorded = ANSWERS.get(question);
        if (recorded == null) {
            MISSING.add(question);
            return null;
        }
        byte[] answer = recorded.clone();
        answer[0] = (byte) (query.getHeader().getID() >> 8);
        answer[1] = (byte) query.getHeader().getID();
        if (tcp || answer.length <= 1232) {
            return answer;
        }
        Message truncated = new Message(query.getHeader().getID());
        truncated.getHeader().setFlag(Flags.QR);
        truncated.getHeader().setFlag(Flags.TC);
        truncated.addRecord(query.getQuestion(), org.xbill.DNS.Section.QUESTION);
        return truncated.toWire();
    }

    @AfterAll
    static void close() throws IOException {
        if (server != null) {
            server.close();
        }
        assertEquals(Set.of(), MISSING, "asked, but not recorded");
    }

    private Answer<?> ask(String name, RecordType<?> type) throws Exception {
        StubResolver resolver = StubResolver.validating(
                new DnsServers(List.of(Objects.requireNonNull(server).address()), false),
                new ResolverLimits(Duration.ofSeconds(5), 1, Duration.ofSeconds(20), 16),
                timing,
                new ByteArrayInputStream(anchor.getBytes(StandardCharsets.US_ASCII)));
        return resolver.lookup(DnsName.forLookup(name), type);
    }

    private static void is(Class<?> kind, boolean authentic, Answer<?> answer) {
        assertInstanceOf(kind, answer);
        assertEquals(authentic, answer.authentic(), answer.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa.lab",
                "rsa3.lab",
                "rsa512.lab",
                "ec.lab",
                "ec3.lab",
                "salted.lab",
                "ec384.lab",
                "ed.lab",
                "child.rsa3.lab"
            })
    void whatIsThereAndWhatIsNotIsProved(String zone) throws Exception { // RFC 4035 §5, RFC 5155 §8
        is(Answer.Found.class, true, ask("mail." + zone, RecordType.A));
        is(Answer.Found.class, true, ask("_25._tcp.mail." + zone, RecordType.TLSA));
        is(Answer.NoData.class, true, ask("text." + zone, RecordType.A));
        is(Answer.NoData.class, true, ask("empty.name." + zone, RecordType.A));
        is(Answer.NxDomain.class, true, ask("none." + zone, RecordType.A));
        is(Answer.Found.class, true, ask("x.wild." + zone, RecordType.A));
        is(Answer.NoData.class, true, ask("x.wild." + zone, RecordType.AAAA));
        is(Answer.Found.class, false, ask("out." + zone, RecordType.A));
    }

    @Test
    void betweenProofsThatOptOutAbsenceIsNotProved() throws Exception { // RFC 5155 §9.2
        is(Answer.Found.class, true, ask("mail.optout.lab", RecordType.A));
        is(Answer.NoData.class, true, ask("text.optout.lab", RecordType.A));
        is(Answer.NxDomain.class, false, ask("none.optout.lab", RecordType.A));
        is(Answer.Found.class, false, ask("x.wild.optout.lab", RecordType.A));
        is(Answer.NxDomain.class, false, ask("nothing.lab", RecordType.A));
        is(Answer.NxDomain.class, true, ask("nothing", RecordType.A));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsigned.lab", "below.optout.lab", "unknown.lab"})
    void belowUnsignedDelegationsAndUnknownAlgorithmsNothingIsProved(String zone) throws Exception { // RFC 4035 §5.2
        is(Answer.Found.class, false, ask("mail." + zone, RecordType.A));
        is(Answer.NxDomain.class, false, ask("none." + zone, RecordType.A));
        is(Answer.NoData.class, false, ask("text." + zone, RecordType.A));
    }

    @Test
    void proofsOfTooManyIterationsProveNothing() throws Exception { // RFC 9276 §3.2
        is(Answer.Found.class, true, ask("mail.costly.lab", RecordType.A));
        is(Answer.NxDomain.class, false, ask("none.costly.lab", RecordType.A));
    }

    @ParameterizedTest
    @CsvSource({
        "mail.expired.lab",
        "none.expired.lab",
        "mail.tampered.lab",
        "mail.wrongkey.lab",
        "none.noproof3.lab",
        "text.noproof3.lab",
    })
    void whatIsForgedOrExpiredOrLacksProofIsBogus(String name) throws Exception { // RFC 4035 §5.5
        Answer.Failed<?> failed = assertInstanceOf(Answer.Failed.class, ask(name, RecordType.A));
        assertEquals(DnsFailure.BOGUS, failed.cause(), failed.detail());
    }

    @Test
    void afterAMonthAllSignaturesHaveExpired() throws Exception {
        timing.advance(Duration.ofDays(30));
        for (String name : List.of("mail.rsa.lab", "mail.ec3.lab", "none.rsa3.lab")) {
            Answer.Failed<?> failed = assertInstanceOf(Answer.Failed.class, ask(name, RecordType.A));
            assertEquals(DnsFailure.BOGUS, failed.cause(), failed.detail());
        }
    }
}
