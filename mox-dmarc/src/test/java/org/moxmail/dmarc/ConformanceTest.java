package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Stream<DynamicTest> treeWalk() throws IOException {
        Map<String, String> deviations = TestData.deviations();
        List<DynamicTest> tests = new ArrayList<>();
        for (Tree test : TestData.json("treewalk-cases.json").elements()) {
            String name = "treewalk/" + test.text("name");
            tests.add(DynamicTest.dynamicTest(name, () -> check(test, deviations.get(name))));
        }
        assertEquals(67, tests.size());
        return tests.stream();
    }

    private static void check(Tree test, @Nullable String deviation) throws Exception {
        DmarcVerifier verifier = new DmarcVerifier(zone(test), DmarcLimits.DEFAULT);
        DnsName author = DnsName.parse(test.text("author_domain"));
        List<AuthenticatedDomain> identifiers = new ArrayList<>();
        Tree spf = test.at("spf");
        identifiers.add(AuthenticatedDomain.mailFrom(DnsName.parse(spf.text("domain")), result(spf.text("result"))));
        List<AuthenticatedDomain> dkim = new ArrayList<>();
        for (Tree signature : test.elements("dkim")) {
            dkim.add(AuthenticatedDomain.dkim(DnsName.parse(signature.text("d")), result(signature.text("result"))));
        }
        identifiers.addAll(dkim);
        DmarcOutcome outcome = verifier.verify(new DmarcRequest(List.of(author), identifiers, false));
        Tree expected = test.at("expected");
        if (deviation != null) {
            assertEquals(deviation, outcome.result().keyword(), outcome::reason);
            return;
        }
        assertEquals(expected.text("dmarc"), outcome.result().keyword(), outcome::reason);
        if (outcome.result() == DmarcResult.NONE) {
            return;
        }
        DmarcLookup.Found found = outcome.published().orElseThrow();
        assertEquals(expected.text("policy_domain"), found.policyDomain().ascii());
        assertEquals(expected.text("policy"), found.policy().keyword());
        assertEquals(expected.text("testing"), Boolean.toString(found.record().testing()));
        assertEquals(expected.text("dkim_aligned"), Boolean.toString(outcome.dkimAligned()));
        assertEquals(expected.text("spf_aligned"), Boolean.toString(outcome.spfAligned()));
        assertEquals(
                new OrganizationalDomain.Known(DnsName.parse(expected.text("organizational_domain")), false),
                verifier.organizationalDomain(author));
    }

    private static ZoneResolver zone(Tree test) {
        ZoneResolver zone = new ZoneResolver();
        String author = test.text("author_domain");
        if (test.text("author_exists").equals("true")) {
            zone.address(author, "192.0.2.1");
        }
        test.members("dns")
                .forEach((name, texts) -> zone.txt(name, texts.texts().toArray(new String[0])));
        return zone;
    }

    private static AuthenticationResult result(String keyword) {
        return AuthenticationResult.ofKeyword(keyword).orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> records() throws IOException {
        Map<String, String> deviations = TestData.deviations();
        List<DynamicTest> tests = new ArrayList<>();
        int number = 0;
        for (Tree test : TestData.json("mox-record-vectors.json").elements()) {
            for (DmarcStandard standard : DmarcStandard.values()) {
                String name = "records/" + number + "/" + standard;
                String expected = deviations.getOrDefault(name, test.text("expected"));
                String txt = test.text("record");
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
