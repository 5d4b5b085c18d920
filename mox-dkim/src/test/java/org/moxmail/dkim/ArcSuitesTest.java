package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.HeaderFields;

/** Conformance suites; see src/test/resources/arc/README.md. */
class ArcSuitesTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

    @TestFactory
    List<DynamicTest> validation() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> deviations = new HashSet<>();
        Suites.rows("arc/deviations.tsv").forEach(row -> deviations.add(row[0]));
        for (Object scenario : Json.list(Json.parse(Suites.text("arc/arc-draft-validation-tests.json")))) {
            ZoneResolver dns = dns(Json.object(scenario));
            for (var entry : Json.object(Json.object(scenario).get("tests")).entrySet()) {
                Map<String, Object> test = Json.object(entry.getValue());
                tests.add(dynamicTest(entry.getKey(), () -> {
                    byte[] octets = Suites.wire(string(test, "message"));
                    String cv = String.valueOf(test.get("cv"));
                    // Upstream leaves it out where its readers differ; RFC 8617 §5.2 doesn't: the newest seal says
                    // fail.
                    String expected = cv.isEmpty() || cv.equals("Null") ? "fail" : cv.toLowerCase(Locale.ROOT);
                    ArcOutcome outcome = verify(Suites.message(octets), dns, NOW);
                    boolean same = outcome.status().keyword().equals(expected);
                    assertEquals(!deviations.contains(entry.getKey()), same, outcome::toString);
                    assertEquals(outcome, verify(Suites.streamed(octets, 11), dns, NOW));
                }));
            }
        }
        assertEquals(85, tests.size());
        return tests;
    }

    private static ArcOutcome verify(SignedMessage message, ZoneResolver dns, InstantSource clock) throws Exception {
        return new ArcVerifier(new DkimKeyLookup(dns), DkimPolicy.RFC, clock).verify(message);
    }

    private static String string(Map<String, Object> object, String name) {
        return (String) Objects.requireNonNull(object.get(name), name);
    }

    private static ZoneResolver dns(Map<String, Object> scenario) {
        ZoneResolver dns = new ZoneResolver();
        Json.object(scenario.get("txt-records"))
                .forEach((name, value) -> dns.txt(name, ((String) value).replace("\n", "")));
        return dns;
    }

    @TestFactory
    List<DynamicTest> signing() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Object each : Json.list(Json.parse(Suites.text("arc/arc-draft-sign-tests.json")))) {
            Map<String, Object> scenario = Json.object(each);
            for (var entry : Json.object(scenario.get("tests")).entrySet()) {
                tests.add(dynamicTest(entry.getKey(), () -> sign(scenario, Json.object(entry.getValue()))));
            }
        }
        assertEquals(9, tests.size());
        return tests;
    }

    private static void sign(Map<String, Object> scenario, Map<String, Object> test) throws Exception {
        ZoneResolver dns = dns(scenario);
        byte[] octets = Suites.wire(string(test, "message"));
        PrivateKey key = DkimKeys.readPem(string(scenario, "privatekey"));
        DkimSelector selector = new DkimSelector(
                string(scenario, "sel"),
                key,
                Canonicalization.RELAXED,
                Canonicalization.RELAXED,
                List.of(string(test, "sig-headers").split(":", -1)),
                false,
                Duration.ZERO);
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(Long.parseLong(string(test, "t"))));
        ArcStatus chain = verify(Suites.message(octets), dns, clock).status();
        var set = new ArcSealer(DnsName.parse(string(scenario, "domain")), selector, clock)
                .seal(Suites.message(octets), results(octets, string(test, "srv-id")), chain);
        if (string(test, "AS").isEmpty()) {
            assertTrue(set.isEmpty());
            return;
        }
        byte[] ours = prepend(set.orElseThrow(), octets);
        byte[] theirs = prepend(
                field(ArcSeal.FIELD, test, "AS")
                        + field(ArcMessageSignature.FIELD, test, "AMS")
                        + field(ArcAuthenticationResults.FIELD, test, "AAR"),
                octets);
        ArcChain.Link expected = newest(theirs);
        ArcChain.Link made = newest(ours);
        assertEquals(unsigned(expected), unsigned(made));
        assertEquals(chain, Objects.requireNonNull(made.seal).chain());
        assertEquals(Objects.requireNonNull(expected.seal).time(), made.seal.time());
        assertEquals(expected.seal.domain(), made.seal.domain());
        assertEquals(expected.seal.selector(), made.seal.selector());
        assertEquals(words(expected), words(made));
        // What comes of a chain that was sealed as broken is fail; else both chains must be good.
        ArcStatus now = chain == ArcStatus.FAIL ? ArcStatus.FAIL : ArcStatus.PASS;
        assertEquals(now, verify(Suites.message(theirs), dns, clock).status());
        assertEquals(now, verify(Suites.message(ours), dns, clock).status());
    }

    /** The results of the server, from all its fields one after the other, as the suite's description has it. */
    private static String results(byte[] octets, String server) {
        StringBuilder merged = new StringBuilder(server);
        for (String value : HeaderFields.parse(octets).all("authentication-results")) {
            String[] parts = value.split(";", 2);
            if (parts[0].strip().equals(server)) {
                merged.append(";").append(parts[1]);
            }
        }
        return merged.toString();
    }

    /** The suite's signatures are made over fields with one space behind each semicolon and no other white space. */
    private static String field(String name, Map<String, Object> test, String key) {
        String value = string(test, key).strip().replaceAll("; *\n", "; ").replace("\n", "");
        return name + ": " + value + "\r\n";
    }

    private static byte[] prepend(String fields, byte[] message) {
        return (fields + new String(message, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ArcChain.Link newest(byte[] octets) throws IOException {
        List<ArcChain.Link> links = Suites.message(octets).arc().links();
        return links.get(links.size() - 1);
    }

    private static DkimSignature unsigned(ArcChain.Link link) {
        return Objects.requireNonNull(link.signature).signed(org.moxmail.dns.Bytes.ofHex(""));
    }

    private static String words(ArcChain.Link link) {
        return Objects.requireNonNull(link.results).results().replaceAll("\\s+", " ");
    }

    @TestFactory
    List<DynamicTest> realMail() {
        return List.of(dynamicTest("mail-auth/001.txt", () -> {
            Suites.WithRecords data = Suites.WithRecords.read("arc/mail-auth/001.txt");
            InstantSource then = InstantSource.fixed(Instant.parse("2022-11-08T08:00:00Z"));
            ArcOutcome outcome = verify(Suites.message(data.message()), data.dns(), then);
            assertEquals(ArcStatus.PASS, outcome.status(), outcome::reason);
            assertFalse(outcome.sets().isEmpty());
        }));
    }
}
