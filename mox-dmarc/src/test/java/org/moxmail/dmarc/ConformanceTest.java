package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.testing.ZoneResolver;

/** Suites of records and evaluations; where they come from is in the README beside them. */
class ConformanceTest {
    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> treeWalk() throws IOException {
        Map<String, String> deviations = TestData.deviations();
        List<DynamicTest> tests = new ArrayList<>();
        for (Object each : (List<Object>) TestData.json("treewalk-cases.json")) {
            Map<String, Object> test = (Map<String, Object>) each;
            String name = "treewalk/" + test.get("name");
            tests.add(DynamicTest.dynamicTest(name, () -> check(test, deviations.get(name))));
        }
        assertEquals(67, tests.size());
        return tests.stream();
    }

    @SuppressWarnings("unchecked")
    private static void check(Map<String, Object> test, @Nullable String deviation) throws Exception {
        DmarcVerifier verifier = new DmarcVerifier(zone(test), DmarcLimits.DEFAULT);
        DnsName author = DnsName.parse((String) test.get("author_domain"));
        List<AuthenticatedDomain> identifiers = new ArrayList<>();
        Map<String, String> spf = (Map<String, String>) test.get("spf");
        identifiers.add(AuthenticatedDomain.mailFrom(DnsName.parse(get(spf, "domain")), result(get(spf, "result"))));
        List<AuthenticatedDomain> dkim = new ArrayList<>();
        for (Map<String, String> signature : (List<Map<String, String>>) test.get("dkim")) {
            dkim.add(AuthenticatedDomain.dkim(DnsName.parse(get(signature, "d")), result(get(signature, "result"))));
        }
        identifiers.addAll(dkim);
        DmarcOutcome outcome = verifier.verify(new DmarcRequest(List.of(author), identifiers, false));
        Map<String, String> expected = (Map<String, String>) test.get("expected");
        if (deviation != null) {
            assertEquals(deviation, outcome.result().keyword(), outcome::reason);
            return;
        }
        assertEquals(get(expected, "dmarc"), outcome.result().keyword(), outcome::reason);
        if (outcome.result() == DmarcResult.NONE) {
            return;
        }
        DmarcLookup.Found found = outcome.published().orElseThrow();
        assertEquals(get(expected, "policy_domain"), found.policyDomain().ascii());
        assertEquals(get(expected, "policy"), found.policy().keyword());
        assertEquals(get(expected, "testing"), Boolean.toString(found.record().testing()));
        assertEquals(get(expected, "dkim_aligned"), Boolean.toString(outcome.dkimAligned()));
        assertEquals(get(expected, "spf_aligned"), Boolean.toString(outcome.spfAligned()));
        assertEquals(
                new OrganizationalDomain.Known(DnsName.parse(get(expected, "organizational_domain")), false),
                verifier.organizationalDomain(author));
    }

    @SuppressWarnings("unchecked")
    private static ZoneResolver zone(Map<String, Object> test) {
        ZoneResolver zone = new ZoneResolver();
        String author = (String) Objects.requireNonNull(test.get("author_domain"));
        if (test.get("author_exists").equals("true")) {
            zone.address(author, "192.0.2.1");
        }
        ((Map<String, List<String>>) test.get("dns"))
                .forEach((name, texts) -> zone.txt(name, texts.toArray(new String[0])));
        return zone;
    }

    private static String get(Map<String, String> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static AuthenticationResult result(String keyword) {
        return AuthenticationResult.ofKeyword(keyword).orElseThrow();
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> records() throws IOException {
        Map<String, String> deviations = TestData.deviations();
        List<DynamicTest> tests = new ArrayList<>();
        int number = 0;
        for (Object each : (List<Object>) TestData.json("mox-record-vectors.json")) {
            Map<String, String> test = (Map<String, String>) each;
            for (DmarcStandard standard : DmarcStandard.values()) {
                String name = "records/" + number + "/" + standard;
                String expected = deviations.getOrDefault(name, get(test, "expected"));
                String txt = get(test, "record");
                tests.add(DynamicTest.dynamicTest(name + " " + txt, () -> {
                    String actual;
                    try {
                        actual = "valid " + DmarcRecord.parse(txt, standard);
                    } catch (SyntaxException e) {
                        actual = "invalid " + e.getMessage();
                    }
                    assertEquals(expected, actual.split(" ", 2)[0], actual);
                }));
            }
            number++;
        }
        return tests.stream();
    }
}
