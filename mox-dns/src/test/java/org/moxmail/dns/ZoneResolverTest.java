package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

class ZoneResolverTest {
    private final ZoneResolver zone = new ZoneResolver()
            .address("mail.example.org", "192.0.2.1", "2001:db8::1")
            .mx("example.org", 10, "mail.example.org")
            .mx("none.example", 0, ".")
            .cname("alias.example", "mail.example.org")
            .cname("loop.example", "loop.example")
            .txt("_dmarc.example.org", "v=DMARC1; p=none")
            .signed("example.org");

    private <R> Answer<R> ask(String name, RecordType<R> type) throws Exception {
        return zone.lookup(DnsName.forLookup(name), type);
    }

    @Test
    void recordsAreFoundAndAuthenticWhereSigned() throws Exception {
        Answer<MxRecord> answer = ask("example.org", RecordType.MX);
        assertTrue(answer.authentic());
        assertEquals(
                "mail.example.org",
                answer.records().getFirst().exchange().orElseThrow().ascii());
        assertTrue(ask("none.example", RecordType.MX)
                .records()
                .getFirst()
                .exchange()
                .isEmpty());
    }

    @Test
    void anAliasIsFollowedAndAuthenticOnlyWhenEveryHopIs() throws Exception {
        Answer.Found<?> found = assertInstanceOf(Answer.Found.class, ask("alias.example", RecordType.A));
        assertEquals("mail.example.org", found.canonicalName().ascii());
        assertEquals(false, found.authentic());
        assertEquals(
                DnsFailure.MALFORMED,
                assertInstanceOf(Answer.Failed.class, ask("loop.example", RecordType.A))
                        .cause());
    }

    @Test
    void absenceOfNameRecordsAndAnswerAreToldApart() throws Exception {
        assertEquals(new Answer.NoData<>(true), ask("mail.example.org", RecordType.TXT));
        assertEquals(new Answer.NoData<>(false), ask("example", RecordType.TXT));
        assertEquals(new Answer.NxDomain<>(true), ask("other.example.org", RecordType.TXT));
        zone.fail("mail.example.org", RecordType.TXT, DnsFailure.BOGUS);
        assertEquals(
                DnsFailure.BOGUS,
                assertInstanceOf(Answer.Failed.class, ask("mail.example.org", RecordType.TXT))
                        .cause());
        zone.mend("mail.example.org", RecordType.TXT);
        assertEquals(new Answer.NoData<>(true), ask("mail.example.org", RecordType.TXT));
    }

    @Test
    void whatWasAskedIsRecorded() throws Exception {
        ask("Example.ORG", RecordType.MX);
        assertEquals(List.of("MX example.org"), zone.asked());
    }

    @Test
    void namesForLookupsTakeWhatHostNamesMayNot() throws Exception {
        assertEquals(
                "_25._tcp.a+b.example",
                DnsName.forLookup("_25._TCP.a+b.example").ascii());
        assertEquals(
                "_dmarc.xn--bcher-kva.example",
                DnsName.parse("bücher.example").child("_dmarc").ascii());
        assertEquals(
                "_dmarc.bücher.example",
                DnsName.parse("bücher.example").child("_dmarc").unicode());
        for (String bad : List.of("", ".", "a..b", "a.", ".a", "a\tb", "a\u007f", "ä.example", "a".repeat(64))) {
            assertThrows(SyntaxException.class, () -> DnsName.forLookup(bad), bad);
        }
        DnsName longest = DnsName.forLookup(("a".repeat(62) + ".").repeat(4) + "b");
        assertEquals(253, longest.ascii().length());
        assertThrows(SyntaxException.class, () -> longest.child("_dmarc"));
    }

    @Test
    void octetsAreComparedByContentAndPrintedInHexadecimal() {
        assertEquals(Bytes.ofHex("0AfF"), Bytes.copyOf(new byte[] {10, -1}));
        assertEquals("0aff", Bytes.ofHex("0AFF").toString());
        assertEquals("3 1 1 0aff", new TlsaRecord(3, 1, 1, Bytes.ofHex("0aff")).toString());
    }
}
