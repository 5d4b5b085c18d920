package org.moxmail.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.moxmail.dmarc.report.AggregateReport;
import org.moxmail.dmarc.report.ReportLimits;
import org.moxmail.dmarc.report.ReportMail;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.MessageContent;

/** The examples of the README and of the packages' documentation. */
class ReadmeExampleTest {
    @Test
    void example() throws Exception {
        Resolver dns = new ZoneResolver().txt("_dmarc.example.org", "v=DMARC1; p=reject; rua=mailto:dmarc@example.org");
        DmarcVerifier verifier = new DmarcVerifier(dns, DmarcLimits.DEFAULT);
        DnsName author = DnsName.parse("news.example.org");
        DnsName signer = DnsName.parse("example.org");
        DmarcRequest request = DmarcRequest.of(
                author,
                AuthenticatedDomain.dkim(signer, AuthenticationResult.PASS),
                AuthenticatedDomain.mailFrom(DnsName.parse("esp.example.net"), AuthenticationResult.PASS));
        DmarcOutcome outcome = verifier.verify(request);
        assertEquals(DmarcResult.PASS, outcome.result());
        assertTrue(outcome.dkimAligned());
        assertFalse(outcome.spfAligned());
        assertEquals(
                DmarcPolicy.REJECT, outcome.published().orElseThrow().record().policy());
        assertEquals(DmarcPolicy.NONE, outcome.disposition());
    }

    @Test
    void exampleOfReports() throws Exception {
        byte[] octets = ("Content-Type: text/xml\r\n\r\n"
                        + new String(TestData.bytes("schema/dmarc-xml-0.2.xml"), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        ReportMail mail = new ReportMail(ReportLimits.DEFAULT);
        AggregateReport report = mail.parse(MessageContent.of(octets));
        assertEquals("example.com", report.policy().domain());
        assertEquals(123, report.rows().getFirst().count());
    }

    @Test
    void theReadmeHasTheExampleOfThePackage() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String documentation = Files.readString(Path.of("src/main/java/org/moxmail/dmarc/package-info.java"));
        String example =
                documentation.substring(documentation.indexOf("{@code\n") + 7, documentation.indexOf(" * }</pre>"));
        assertTrue(readme.contains(example.replaceAll("(?m)^ \\* ?", "")), "other examples");
    }
}
