package org.moxmail.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;

/** Conformance suites; see src/test/resources/dkim/README.md. */
class DkimSuitesTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));
    private static final InstantSource BEGINNING = InstantSource.fixed(Instant.EPOCH);

    /** As the RFCs were before 8301: rsa-sha1 and keys of 512 bits. */
    private static final DkimPolicy HISTORIC = new DkimPolicy(
            DkimPolicy.BodyLength.ACCEPT, List.of(), 512, true, false, Duration.ZERO, DkimPolicy.RFC.publicSuffix());

    private static final DkimPolicy PLAIN = new DkimPolicy(
            DkimPolicy.BodyLength.ACCEPT,
            List.of(),
            1024,
            false,
            false,
            Duration.ofMinutes(5),
            DkimPolicy.RFC.publicSuffix());

    @TestFactory
    List<DynamicTest> generated() throws IOException {
        ZoneResolver dns = new ZoneResolver();
        for (String line : Suites.text("dkim/generated/dns.tsv").lines().toList()) {
            String[] row = line.split("\t", -1);
            dns.txt(row[0], row[2]);
        }

        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : Suites.rows("dkim/generated/expected.tsv")) {
            tests.add(dynamicTest(row[0], () -> {
                byte[] octets = Suites.wireFile("dkim/generated/" + row[0]);
                check(row[1], verify(Suites.message(octets), dns, PLAIN, NOW));
                check(row[1], verify(Suites.streamed(octets, 7), dns, PLAIN, NOW));
            }));
        }
        assertEquals(142, tests.size());
        return tests;
    }

    private static List<DkimOutcome> verify(
            SignedMessage message, ZoneResolver dns, DkimPolicy policy, InstantSource clock) throws Exception {
        return new DkimVerifier(new DkimKeyLookup(dns), policy, clock).verify(message);
    }

    /** Pass is told from the rest strictly; fail and permerror are as good as each other. */
    private static void check(String expected, List<DkimOutcome> outcomes) {
        String[] each = expected.split(",", -1);
        assertEquals(each.length, outcomes.size(), outcomes::toString);
        for (int i = 0; i < each.length; i++) {
            Set<String> accepted = new HashSet<>(List.of(each[i].split("\\|", -1)));
            if (accepted.contains("fail") || accepted.contains("permerror") || accepted.contains("invalid")) {
                accepted.addAll(List.of("fail", "permerror"));
            }
            DkimOutcome outcome = outcomes.get(i);
            assertTrue(accepted.contains(outcome.status().keyword()), outcome::toString);
        }
    }

    @TestFactory
    List<DynamicTest> mailDkimBeforeRfc8301() throws IOException {
        ZoneResolver dns = mailDkimDns();
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> deviations = deviations();
        for (String[] row : Suites.rows("dkim/mail-dkim/expected.tsv")) {
            if (row[1].equals("dkim")) {
                tests.add(dynamicTest(row[0], () -> {
                    byte[] octets = Suites.wireFile("dkim/mail-dkim/corpus/" + row[0]);
                    List<DkimOutcome> outcomes = verify(Suites.message(octets), dns, HISTORIC, BEGINNING);
                    boolean pass = outcomes.size() == 1 && outcomes.get(0).status() == DkimStatus.PASS;
                    boolean same = pass == row[2].equals("pass");
                    assertEquals(!deviations.contains(row[0]), same, outcomes::toString);
                }));
            }
        }
        assertEquals(28, tests.size());
        return tests;
    }

    private static Set<String> deviations() throws IOException {
        Set<String> deviations = new HashSet<>();
        for (String[] row : Suites.rows("dkim/mail-dkim-deviations.tsv")) {
            assertTrue(deviations.add(row[0]));
        }
        return deviations;
    }

    @TestFactory
    List<DynamicTest> mailDkimNow() throws IOException {
        ZoneResolver dns = mailDkimDns();
        Set<String> deviations = deviations();
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : Suites.rows("dkim/mail-dkim/expected.tsv")) {
            if (row[1].equals("dkim")) {
                tests.add(dynamicTest(row[0], () -> {
                    byte[] octets = Suites.wireFile("dkim/mail-dkim/corpus/" + row[0]);
                    boolean modern = !row[3].contains("-sha1") && row[3].matches(".*key=(1024|2048|ed25519)");
                    for (DkimOutcome outcome : verify(Suites.message(octets), dns, PLAIN, BEGINNING)) {
                        assertEquals(
                                modern && row[2].equals("pass") && !deviations.contains(row[0]),
                                outcome.status() == DkimStatus.PASS,
                                outcome::toString);
                    }
                }));
            }
        }
        return tests;
    }

    private static ZoneResolver mailDkimDns() throws IOException {
        ZoneResolver dns = new ZoneResolver();
        for (String line : Suites.text("dkim/mail-dkim/dns.dat").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String name = line.split(" ", 2)[0].toLowerCase(Locale.ROOT);
            String value = line.split(" ", 2)[1].strip();
            if (value.startsWith("~~")) {
                dns.fail(name, RecordType.TXT, DnsFailure.SERVFAIL);
            } else if (!value.equals("NXDOMAIN")) {
                dns.txt(name, value.equals("\"\"") ? "" : value);
            }
        }
        return dns;
    }

    @TestFactory
    List<DynamicTest> mailAuth() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : List.of("001.txt", "003.txt", "005.txt")) {
            tests.add(dynamicTest(file, () -> {
                Suites.WithRecords data = Suites.WithRecords.read("dkim/mail-auth/" + file);
                List<DkimOutcome> outcomes = verify(Suites.message(data.message()), data.dns(), PLAIN, BEGINNING);
                assertFalse(outcomes.isEmpty());
                for (DkimOutcome outcome : outcomes) {
                    assertEquals(DkimStatus.PASS, outcome.status(), outcome::toString);
                }
                assertEquals(outcomes, verify(Suites.streamed(data.message(), 1), data.dns(), PLAIN, BEGINNING));
            }));
        }
        return tests;
    }

    @Test
    void everySignatureOfTheSuitesPrintsAsItReads() throws Exception {
        int count = 0;
        for (String[] row : Suites.rows("dkim/generated/expected.tsv")) {
            SignedMessage message = Suites.message(Suites.wireFile("dkim/generated/" + row[0]));
            for (SignedMessage.SignatureField field : message.signatures()) {
                if (field.signature() != null) {
                    assertEquals(
                            field.signature(),
                            DkimSignature.parse(field.signature().print(false)));
                    count++;
                }
            }
        }
        assertTrue(count > 100);
    }
}
