package org.moxmail.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.Timing;

/** The example of the README and of the package's documentation. */
class ReadmeExampleTest {
    @Test
    void example() throws Exception {
        Resolver dns = new ZoneResolver().txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
        SpfVerifier verifier = new SpfVerifier(dns, Timing.system(), SpfLimits.RFC7208);
        SpfRequest request = SpfRequest.mailFrom(Addresses.parse("192.0.2.7"), "mail.example.org", "ada@example.org");
        SpfOutcome outcome = verifier.verify(request);
        assertEquals(SpfResult.PASS, outcome.result());
        assertEquals("ip4:192.0.2.0/24", outcome.decidedBy().orElseThrow().toString());
        String field = ReceivedSpf.of(outcome, request).print();
        assertTrue(field.startsWith("Received-SPF: pass"));
    }
}
