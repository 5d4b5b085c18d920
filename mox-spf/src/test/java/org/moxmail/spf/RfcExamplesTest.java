package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.testing.FakeTiming;

/** The examples of RFC 7208, each with its section. */
class RfcExamplesTest {
    private static final FakeTiming TIMING = FakeTiming.at("2026-01-01T00:00:00Z");

    /** Appendix A. */
    private static ZoneResolver zone() {
        return new ZoneResolver()
                .mx("example.com", 10, "mail-a.example.com")
                .mx("example.com", 20, "mail-b.example.com")
                .address("example.com", "192.0.2.10", "192.0.2.11")
                .address("amy.example.com", "192.0.2.65")
                .address("bob.example.com", "192.0.2.66")
                .address("mail-a.example.com", "192.0.2.129")
                .address("mail-b.example.com", "192.0.2.130")
                .cname("www.example.com", "example.com")
                .mx("example.org", 10, "mail-c.example.org")
                .address("mail-c.example.org", "192.0.2.140")
                .ptr("10.2.0.192.in-addr.arpa", "example.com")
                .ptr("11.2.0.192.in-addr.arpa", "example.com")
                .ptr("65.2.0.192.in-addr.arpa", "amy.example.com")
                .ptr("66.2.0.192.in-addr.arpa", "bob.example.com")
                .ptr("129.2.0.192.in-addr.arpa", "mail-a.example.com")
                .ptr("130.2.0.192.in-addr.arpa", "mail-b.example.com")
                .ptr("140.2.0.192.in-addr.arpa", "mail-c.example.org")
                .ptr("4.0.0.10.in-addr.arpa", "bob.example.com");
    }

    private static SpfOutcome verify(ZoneResolver zone, String ip, String sender) throws Exception {
        return new SpfVerifier(zone, TIMING, SpfLimits.RFC7208)
                .verify(SpfRequest.mailFrom(Addresses.parse(ip), "mail.example.com", sender));
    }

    @ParameterizedTest(name = "A.1: {0} from {1} is {2}")
    @CsvSource({
        "v=spf1 +all, 203.0.113.1, pass",
        "v=spf1 a -all, 192.0.2.10, pass",
        "v=spf1 a -all, 192.0.2.11, pass",
        "v=spf1 a -all, 192.0.2.12, fail",
        "v=spf1 a:example.org -all, 192.0.2.10, fail",
        "v=spf1 a:example.org -all, 192.0.2.140, fail",
        "v=spf1 mx -all, 192.0.2.129, pass",
        "v=spf1 mx -all, 192.0.2.130, pass",
        "v=spf1 mx -all, 192.0.2.140, fail",
        "v=spf1 mx:example.org -all, 192.0.2.140, pass",
        "v=spf1 mx:example.org -all, 192.0.2.129, fail",
        "v=spf1 mx mx:example.org -all, 192.0.2.129, pass",
        "v=spf1 mx mx:example.org -all, 192.0.2.130, pass",
        "v=spf1 mx mx:example.org -all, 192.0.2.140, pass",
        "v=spf1 mx mx:example.org -all, 192.0.2.10, fail",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.131, pass",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.143, pass",
        "v=spf1 mx/30 mx:example.org/30 -all, 192.0.2.144, fail",
        "v=spf1 ptr -all, 192.0.2.65, pass",
        "v=spf1 ptr -all, 192.0.2.140, fail",
        "v=spf1 ptr -all, 10.0.0.4, fail",
        "v=spf1 ip4:192.0.2.128/28 -all, 192.0.2.65, fail",
        "v=spf1 ip4:192.0.2.128/28 -all, 192.0.2.129, pass",
    })
    void simpleExamples(String record, String ip, String result) throws Exception {
        assertEquals(
                result,
                verify(zone().txt("example.com", record), ip, "amy@example.com")
                        .result()
                        .keyword());
    }

    @ParameterizedTest(name = "A.2: {0} from {1} is {2}")
    @CsvSource({
        "example.org, 192.0.2.129, pass",
        "example.org, 198.51.100.7, pass",
        "example.org, 203.0.113.1, fail",
        "la.example.org, 192.0.2.130, pass",
        "ny.example.org, 198.51.100.7, pass",
        "sf.example.org, 203.0.113.1, fail",
    })
    void multipleDomains(String domain, String ip, String result) throws Exception {
        ZoneResolver zone = zone().txt("example.com", "v=spf1 mx -all")
                .txt("example.net", "v=spf1 ip4:198.51.100.0/24 -all")
                .txt("example.org", "v=spf1 include:example.com include:example.net -all")
                .txt("la.example.org", "v=spf1 redirect=example.org")
                .txt("ny.example.org", "v=spf1 redirect=example.org")
                .txt("sf.example.org", "v=spf1 redirect=example.org");
        assertEquals(result, verify(zone, ip, "user@" + domain).result().keyword());
    }

    @ParameterizedTest(name = "A.3: {0} from {1} is {2}")
    @CsvSource({
        "mary, 203.0.113.1, pass",
        "fred+list, 203.0.113.1, pass",
        "joel, 192.168.15.15, pass",
        "joel, 192.168.15.16, pass",
        "joel, 192.168.15.17, fail",
        "bob, 192.0.2.129, pass",
        "bob, 203.0.113.1, fail",
    })
    void blocklistStyle(String user, String ip, String result) throws Exception {
        ZoneResolver zone = zone().txt(
                        "example.com", "v=spf1 mx include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all")
                .txt("mobile-users._spf.example.com", "v=spf1 exists:%{l1r+}.%{d}")
                .txt("remote-users._spf.example.com", "v=spf1 exists:%{ir}.%{l1r+}.%{d}")
                .address("mary.mobile-users._spf.example.com", "127.0.0.2")
                .address("fred.mobile-users._spf.example.com", "127.0.0.2")
                .address("15.15.168.192.joel.remote-users._spf.example.com", "127.0.0.2")
                .address("16.15.168.192.joel.remote-users._spf.example.com", "127.0.0.2");
        assertEquals(result, verify(zone, ip, user + "@example.com").result().keyword());
    }

    @ParameterizedTest(name = "A.4: {0} is {1}")
    @CsvSource({"192.0.2.65, pass", "192.0.2.140, fail", "10.0.0.4, fail"})
    void multipleRequirements(String ip, String result) throws Exception {
        ZoneResolver zone = zone().txt("example.com", "v=spf1 -include:ip4._spf.%{d} -include:ptr._spf.%{d} +all")
                .txt("ip4._spf.example.com", "v=spf1 -ip4:192.0.2.0/24 +all")
                .txt("ptr._spf.example.com", "v=spf1 -ptr:example.com +all");
        assertEquals(result, verify(zone, ip, "user@example.com").result().keyword());
    }

    @ParameterizedTest(name = "7.4: {0} is {1}")
    @CsvSource(
            value = {
                "%{s}|strong-bad@email.example.com",
                "%{o}|email.example.com",
                "%{d}|email.example.com",
                "%{d4}|email.example.com",
                "%{d3}|email.example.com",
                "%{d2}|example.com",
                "%{d1}|com",
                "%{dr}|com.example.email",
                "%{d2r}|example.email",
                "%{l}|strong-bad",
                "%{l-}|strong.bad",
                "%{lr}|strong-bad",
                "%{lr-}|bad.strong",
                "%{l1r-}|strong",
                "%{ir}.%{v}._spf.%{d2}|3.2.0.192.in-addr._spf.example.com",
                "%{lr-}.lp._spf.%{d2}|bad.strong.lp._spf.example.com",
                "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}|bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
                "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}|3.2.0.192.in-addr.strong.lp._spf.example.com",
                "%{d2}.trusted-domains.example.net|example.com.trusted-domains.example.net",
                "%{p}|mx.example.org",
                "%{h}|mx.example.org",
                "%{c}|192.0.2.3",
                "%{r}|here.example",
                "%{t}|1767225600",
                "%%%_%-|% %20",
                "%{S}|strong-bad%40email.example.com",
            },
            delimiter = '|')
    void macroExpansions(String macros, String expansion) throws Exception {
        assertEquals(expansion, expansion("192.0.2.3", macros));
    }

    @Test
    void macroExpansionForIpv6() throws Exception {
        assertEquals(
                "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com",
                expansion("2001:db8::cb01", "%{ir}.%{v}._spf.%{d2}"));
        assertEquals("2001:db8::cb01", expansion("2001:db8::cb01", "%{c}"));
    }

    /** By way of an explanation, which may be anything. */
    private static String expansion(String ip, String macros) throws Exception {
        ZoneResolver zone = new ZoneResolver()
                .txt("email.example.com", "v=spf1 -all exp=why.example.com")
                .txt("why.example.com", macros)
                .ptr("3.2.0.192.in-addr.arpa", "mx.example.org")
                .address("mx.example.org", "192.0.2.3", "2001:db8::cb01");
        return new SpfVerifier(zone, TIMING, SpfLimits.RFC7208)
                .verify(SpfRequest.mailFrom(Addresses.parse(ip), "mx.example.org", "strong-bad@email.example.com")
                        .withReceiver("here.example"))
                .explanation();
    }

    @ParameterizedTest(name = "6.2: {0}")
    @CsvSource(
            value = {
                "Mail from example.com should only be sent by its own servers.|Mail from example.com should only be sent by its own servers.",
                "%{i} is not one of %{d}'s designated mail servers.|203.0.113.1 is not one of example.com's designated mail servers.",
                "See http://%{d}/why.html?s=%{S}&i=%{I}|See http://example.com/why.html?s=a%2Bb%40example.com&i=203.0.113.1",
            },
            delimiter = '|')
    void explanations(String text, String explanation) throws Exception {
        ZoneResolver zone = zone().txt("example.com", "v=spf1 mx -all exp=explain._spf.%{d}")
                .txt("explain._spf.example.com", text);
        assertEquals(explanation, verify(zone, "203.0.113.1", "a+b@example.com").explanation());
    }

    @Test
    void existsMakesDecisionsPerUserAndAddress() throws Exception { // 5.7
        ZoneResolver zone = new ZoneResolver()
                .txt("example.com", "v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all")
                .address("1.2.0.192.someuser._spf.example.com", "127.0.0.2");
        assertEquals(
                SpfResult.PASS,
                verify(zone, "192.0.2.1", "someuser-list@example.com").result());
        assertEquals(
                SpfResult.FAIL,
                verify(zone, "192.0.2.2", "someuser@example.com").result());
    }

    @ParameterizedTest(name = "{0} is a record")
    @CsvSource({
        "v=spf1 +mx a:colo.example.com/28 -all", // 3
        "v=spf1 a:A.EXAMPLE.COM -all", // 3.5
        "v=spf1 +mx redirect=_spf.example.com", // 4.7
        "v=spf1 a mx -all", // 4.7
        "v=spf1 include:example.com include:example.org -all", // 5.2
        "v=spf1 mx:example.com -all", // 6.1
        "v=spf1 ip4:192.0.2.1 ip4:192.0.2.129 -all", // 10.1.2
        "v=spf1 exists:_h.%{h}._l.%{l}._o.%{o}._i.%{i}._spf.%{d} ?all", // D.1
        "v=spf1 mx ?exists:%{ir}.whitelist.example.org -all", // E.2
        "v=spf1 mx exists:%{l}._spf_verify.%{d} -all", // E.2
        "v=spf1 mx exists:%{ir}._spf_rate.%{d} -all", // E.2
        "v=spf1 mx redirect=%{l1r+}._at_.%{o}._spf.%{d}", // E.2
    })
    void records(String record) throws Exception {
        assertEquals(record.replace("+mx", "mx"), SpfRecord.parse(record).print());
    }

    @ParameterizedTest(name = "9.1: {0}")
    @CsvSource(
            value = {
                "'pass (mybox.example.org: domain of\n myname@example.com designates 192.0.2.1 as permitted sender)\n"
                        + "    receiver=mybox.example.org; client-ip=192.0.2.1;\n"
                        + "    envelope-from=\"myname@example.com\"; helo=foo.example.com;"
                        + "'|pass|192.0.2.1|foo.example.com|",
                "'fail (mybox.example.org: domain of\n myname@example.com does not designate\n"
                        + "    192.0.2.1 as permitted sender)\n identity=mailfrom; client-ip=192.0.2.1;\n"
                        + "    envelope-from=\"myname@example.com\";'|fail|192.0.2.1||",
                "'pass (mybox.example.org: domain of\n myname@example.com designates 192.0.2.1 as permitted sender)\n"
                        + "    receiver=mybox.example.org; client-ip=192.0.2.1;\n    mechanism=ip4:192.0.2.1;"
                        + " envelope-from=\"myname@example.com\";\n    helo=foo.example.com;"
                        + "'|pass|192.0.2.1|foo.example.com|ip4:192.0.2.1",
            },
            delimiter = '|')
    void receivedSpf(String body, String result, String ip, String helo, String mechanism) throws Exception {
        ReceivedSpf field = ReceivedSpf.parse(body);
        assertEquals(result, field.result().keyword());
        assertEquals(Optional.of(ip), field.value("client-ip"));
        assertEquals(Optional.of("myname@example.com"), field.value("envelope-from"));
        assertEquals(Optional.ofNullable(helo), field.value("helo"));
        assertEquals(Optional.ofNullable(mechanism), field.value("mechanism"));
    }

    @Test
    void aTargetIsWithinADomainByLabels() throws Exception { // 5.5
        ZoneResolver zone = new ZoneResolver()
                .txt("example.com", "v=spf1 ptr -all")
                .ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
                .ptr("2.2.0.192.in-addr.arpa", "mail.bad-example.com")
                .address("mail.example.com", "192.0.2.1")
                .address("mail.bad-example.com", "192.0.2.2");
        assertEquals(SpfResult.PASS, verify(zone, "192.0.2.1", "a@example.com").result());
        assertEquals(SpfResult.FAIL, verify(zone, "192.0.2.2", "a@example.com").result());
    }

    @Test
    void aVersionEndsInASpaceOrTheEnd() throws Exception { // 4.5
        assertEquals(false, SpfRecord.isSpf("v=spf10"));
        assertEquals(true, SpfRecord.isSpf("v=spf1"));
        ZoneResolver zone = new ZoneResolver().txt("example.com", "v=spf10 -all");
        assertEquals(
                new SpfLookup.Absent(SpfResult.NONE, "example.com has no SPF record", false),
                new SpfVerifier(zone, TIMING, SpfLimits.RFC7208).lookup(DnsName.parse("example.com")));
    }
}
