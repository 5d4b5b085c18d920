package org.moxmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.Address;
import org.moxmail.message.MessageContent;

/** The example of the README and the package's documentation. */
class ExampleTest {
    @Test
    void example() throws Exception {
        InstantSource clock = Signed.CLOCK;
        byte[] message = Signed.MESSAGE.getBytes(UTF_8);
        StringBuilder out = new StringBuilder();

        KeyPair pair = DkimKeys.generateEd25519(new SecureRandom());
        DkimKeyRecord record = DkimKeyRecord.of(pair.getPublic());
        Resolver dns = new ZoneResolver().txt("may._domainkey.example.org", record.print());
        Auid author = Auid.of(Address.parse("ann@example.org"));
        DkimSigner signer = new DkimSigner(author.domain(), List.of(new DkimSelector("may", pair.getPrivate())), clock);
        String signature = signer.sign(SignedMessage.of(MessageContent.of(message)), author, false);
        byte[] signed = (signature + new String(message, UTF_8)).getBytes(UTF_8);
        for (DkimOutcome outcome : new DkimVerifier(dns, clock).verify(SignedMessage.of(MessageContent.of(signed)))) {
            out.append(outcome.domain().orElseThrow() + " " + outcome.status().keyword());
        }

        assertEquals("example.org pass", out.toString());
        assertTrue(signature.startsWith("DKIM-Signature: v=1; i=ann@example.org; a=ed25519-sha256; d=example.org;"));
    }
}
