package stranger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.moxmail.dane.TlsaOutcome;
import org.moxmail.dkim.Auid;
import org.moxmail.dkim.DkimKeyRecord;
import org.moxmail.dkim.DkimKeys;
import org.moxmail.dkim.DkimSelector;
import org.moxmail.dkim.DkimSigner;
import org.moxmail.dkim.DkimVerifier;
import org.moxmail.dkim.SignedMessage;
import org.moxmail.dmarc.AuthenticatedDomain;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcLimits;
import org.moxmail.dmarc.DmarcRequest;
import org.moxmail.dmarc.DmarcVerifier;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.Address;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageLimits;
import org.moxmail.message.MessageParser;
import org.moxmail.mtasts.MtaStsPolicy;
import org.moxmail.mtasts.MtaStsRecord;
import org.moxmail.sasl.ClientBinding;
import org.moxmail.sasl.SaslClients;
import org.moxmail.sasl.ScramHash;
import org.moxmail.smtp.ForwardPath;
import org.moxmail.spf.SpfLimits;
import org.moxmail.spf.SpfRequest;
import org.moxmail.spf.SpfVerifier;
import org.moxmail.time.Timing;
import org.moxmail.tlsrpt.DateRange;
import org.moxmail.tlsrpt.TlsPolicy;
import org.moxmail.tlsrpt.TlsReport;
import org.moxmail.tlsrpt.TlsReportLimits;
import org.moxmail.tlsrpt.TlsResults;

/** A few lines with each library. What is printed is compared by the script. */
public final class Main {
    private static final String MESSAGE = "From: ann@example.org\r\nSubject: hi\r\n\r\nHello.\r\n";

    private Main() {}

    /**
     * Prints a line for each library.
     *
     * @param args none
     * @throws Exception if a library doesn't do what it is for
     */
    public static void main(String[] args) throws Exception {
        print("module", String.valueOf(Main.class.getModule().getName()));
        print("dns", DnsName.parse("B\u00fccher.Example").ascii());
        print("suffixes", PublicSuffixList.bundled(PublicSuffixList.Part.ICANN)
                .organizationalDomain(DnsName.parse("a.example.co.uk"))
                .ascii());
        print("message", message());
        print("spf", spf());
        print("dkim", dkim());
        print("dmarc", dmarc());
        print("dane", TlsaOutcome.lookup(new ZoneResolver(), DnsName.parse("mx.example.org"), 25).status().keyword());
        print("mtasts", mtaSts());
        print("tlsrpt", tlsRpt());
        print("sasl", sasl());
        print("smtp", ForwardPath.parse("<you@example.org>").toString());
        print("imap", SequenceSet.parse("2,4:7").toString());
    }

    private static void print(String library, String result) {
        System.out.println(library + " " + result);
    }

    private static String message() {
        byte[] octets = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        MessageParser parser = new MessageParser(MessageLimits.DEFAULT);
        parser.feed(octets, 0, octets.length);
        return parser.finish().bodySize() + " octets";
    }

    private static String spf() throws Exception {
        ZoneResolver dns = new ZoneResolver().txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
        SpfVerifier verifier = new SpfVerifier(dns, Timing.system(), SpfLimits.RFC7208);
        return verifier.verify(SpfRequest.mailFrom(Addresses.parse("192.0.2.7"), "mx.example.org", "ann@example.org"))
                .result()
                .toString();
    }

    private static String dkim() throws Exception {
        var pair = DkimKeys.generateEd25519(new SecureRandom());
        var record = DkimKeyRecord.of(pair.getPublic());
        ZoneResolver dns = new ZoneResolver().txt("may._domainkey.example.org", record.print());
        Auid author = Auid.of(Address.parse("ann@example.org"));
        DkimSigner signer = new DkimSigner(
                author.domain(), List.of(new DkimSelector("may", pair.getPrivate())), InstantSource.system());
        byte[] message = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        String signature = signer.sign(SignedMessage.of(MessageContent.of(message)), author, false);
        byte[] signed = (signature + MESSAGE).getBytes(StandardCharsets.US_ASCII);
        return new DkimVerifier(dns, InstantSource.system())
                .verify(SignedMessage.of(MessageContent.of(signed)))
                .getFirst()
                .status()
                .keyword();
    }

    private static String dmarc() throws Exception {
        ZoneResolver dns = new ZoneResolver().txt("_dmarc.example.org", "v=DMARC1; p=reject");
        DnsName domain = DnsName.parse("example.org");
        return new DmarcVerifier(dns, DmarcLimits.DEFAULT)
                .verify(DmarcRequest.of(
                        DnsName.parse("news.example.org"),
                        AuthenticatedDomain.dkim(domain, AuthenticationResult.PASS),
                        AuthenticatedDomain.mailFrom(domain, AuthenticationResult.FAIL)))
                .result()
                .toString();
    }

    private static String mtaSts() throws Exception {
        MtaStsRecord record = MtaStsRecord.parse("v=STSv1; id=20261124;");
        MtaStsPolicy policy =
                MtaStsPolicy.parse("version: STSv1\r\nmode: enforce\r\nmx: *.example.org\r\nmax_age: 86400\r\n");
        return record.id() + " " + policy.mode();
    }

    private static String tlsRpt() throws Exception {
        TlsResults results = new TlsResults().add(TlsPolicy.noPolicyFound(DnsName.parse("example.net")), 1, 0);
        DateRange day = DateRange.of(LocalDate.of(2026, 11, 24));
        TlsReport report = new TlsReport("Example", day, "tls@example.org", "1", results.policies());
        return TlsReport.parse(report.print(), TlsReportLimits.DEFAULT).reportId();
    }

    private static String sasl() throws Exception {
        var client = new SaslClients(new SecureRandom())
                .scram(ScramHash.SHA_256, new ClientBinding.Unsupported(), "", "user", "secret".toCharArray());
        String first = new String(client.evaluateChallenge(new byte[0]), StandardCharsets.US_ASCII);
        return first.substring(0, first.lastIndexOf(','));
    }
}
