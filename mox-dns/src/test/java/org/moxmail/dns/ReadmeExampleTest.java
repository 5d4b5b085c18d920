package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.moxmail.dns.testing.ZoneResolver;

class ReadmeExampleTest {
    @Test
    void theExampleDoesWhatItSays() throws SyntaxException {
        DnsName name = DnsName.parse("Bücher.Example");
        String wire = name.ascii();
        String shown = name.unicode();
        boolean same = name.equals(DnsName.parse("xn--bcher-kva.example"));
        boolean below = name.isBelow(DnsName.parse("example"));
        assertEquals("xn--bcher-kva.example", wire);
        assertEquals("bücher.example", shown);
        assertTrue(same && below);
    }

    @Test
    void theLookupDoesWhatItSays() throws Exception {
        Resolver dns =
                new ZoneResolver().mx("example.org", 10, "mail.example.org").signed("example.org");
        String said = switch (dns.lookup(DnsName.parse("example.org"), RecordType.MX)) {
            case Answer.Found<MxRecord> found -> found.records().size() + (found.authentic() ? " proven" : " unproven");
            case Answer.NoData<MxRecord> none -> "no such records";
            case Answer.NxDomain<MxRecord> none -> "no such name";
            case Answer.Failed<MxRecord> failed -> failed.cause().keyword() + ": " + failed.detail();
        };
        assertEquals("1 proven", said);
    }
}
