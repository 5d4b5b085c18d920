package org.moxmail.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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
}
