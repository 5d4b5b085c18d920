package org.moxmail.mtasts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.time.Timing;

class ReadmeTest {
    private static boolean mayDeliver(Resolver resolver) throws Exception {
        // [example
        PolicyFetcher fetcher = new HttpsPolicyFetcher(
                resolver,
                Dialer.direct(),
                SSLContext.getDefault(),
                Timing.system(),
                Thread.ofVirtual().factory(),
                FetchLimits.STANDARD);
        MtaSts sts = new MtaSts(resolver, fetcher, new MemoryPolicyCache(10_000), Timing.system());
        PolicyDecision decision = sts.policyFor(DnsName.parse("example.org"));
        // With decision.enforced(), a host also needs a certificate that is good for its name.
        return decision.allows(DnsName.parse("mail.example.org"));
        // example]
    }

    @Test
    void theExampleRuns() throws Exception {
        assertTrue(mayDeliver(new ZoneResolver()));
    }

    @Test
    void theReadmeHasTheSameExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/moxmail/mtasts/ReadmeTest.java"));
        String readme = Files.readString(Path.of("README.md"));
        String example = source.substring(source.indexOf("// [example"), source.indexOf("// example]"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8, readme.lastIndexOf("```"));
        assertEquals(words(shown), words(example.substring(example.indexOf('\n'))));
    }

    private static String words(String code) {
        return Arrays.stream(code.strip().split("\\s+")).collect(Collectors.joining(" "));
    }
}
