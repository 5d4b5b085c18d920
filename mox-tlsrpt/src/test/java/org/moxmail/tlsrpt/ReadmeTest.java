package org.moxmail.tlsrpt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;

/** The example of the README and of the package's documentation. */
class ReadmeTest {
    @Test
    void theExampleRuns() throws Exception {
        Resolver dns = new ZoneResolver().txt("_smtp._tls.example.net", "v=TLSRPTv1; rua=mailto:tls@example.net");
        // [example
        TlsRptOutcome wanted = TlsRptOutcome.lookup(dns, DnsName.parse("example.net"));
        wanted.record().orElseThrow().reportUris(); // [mailto:tls@example.net]
        TlsPolicy policy = TlsPolicy.noPolicyFound(DnsName.parse("example.net"));
        FailureDetail expired = FailureDetail.of(ResultType.CERTIFICATE_EXPIRED).withReceivingMx("mx.example.net");
        TlsResults results = new TlsResults()
                .add(policy, 1, 0) // a session that went well, and one that did not
                .add(policy, 0, 1, expired);
        DateRange day = DateRange.of(LocalDate.of(2026, 11, 24));
        TlsReport report = new TlsReport("Example", day, "tls@example.org", "2026-11-24.1", results.policies());
        TlsReport read = TlsReport.parse(report.print(), TlsReportLimits.DEFAULT);
        read.policies().getFirst().failedSessions(); // 1
        // example]
        assertEquals(
                List.of(TlsReportUri.parse("mailto:tls@example.net")),
                wanted.record().orElseThrow().reportUris());
        assertEquals(1, read.policies().getFirst().failedSessions());
        assertEquals(report, read);
    }

    @Test
    void theReadmeAndThePackageHaveTheSameExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/moxmail/tlsrpt/ReadmeTest.java"));
        String example = words(source.substring(source.indexOf("// [example") + 11, source.indexOf("// example]")));
        String readme = Files.readString(Path.of("README.md"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8, readme.lastIndexOf("```"));
        assertEquals(example, words(shown));
        String documentation = Files.readString(Path.of("src/main/java/org/moxmail/tlsrpt/package-info.java"));
        String documented =
                documentation.substring(documentation.indexOf("{@code\n") + 7, documentation.indexOf(" * }</pre>"));
        assertTrue(readme.contains(documented.replaceAll("(?m)^ \\* ?", "")), "other examples");
    }

    private static String words(String code) {
        return Arrays.stream(code.strip().split("\\s+")).collect(Collectors.joining(" "));
    }
}
