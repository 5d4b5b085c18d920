import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.moxmail.dane.TlsaOutcome;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.DnsServers;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.ResolverLimits;
import org.moxmail.dns.StubResolver;
import org.moxmail.time.Timing;

/** mox-dns and mox-dane for scripts: lookups over the network. */
final class Dns {
    private final Map<String, Resolver> resolvers = new HashMap<>();

    public static void main(String[] args) throws Exception {
        Dns dns = new Dns();
        Peer.serve(dns::answer);
    }

    private List<String> answer(List<String> words) throws Exception {
        return switch (words.getFirst()) {
            case "resolver" -> resolver(words);
            case "anchors" -> anchors();
            case "lookup" -> lookup(resolvers.get(words.get(1)), words.get(2), words.get(3));
            case "tlsa" -> tlsa(resolvers.get(words.get(1)), words.get(2), Integer.parseInt(words.get(3)));
            default -> throw new IllegalArgumentException(words.getFirst());
        };
    }

    /** Words: a name for it, ports apart by commas, milliseconds for a query and in all, and a file of anchors or nothing. */
    private List<String> resolver(List<String> words) throws Exception {
        List<InetSocketAddress> addresses = List.of(words.get(2).split(",")).stream()
                .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                .toList();
        DnsServers servers = new DnsServers(addresses, false);
        ResolverLimits limits = new ResolverLimits(
                Duration.ofMillis(Long.parseLong(words.get(3))), 2, Duration.ofMillis(Long.parseLong(words.get(4))), 16);
        if (words.get(5).isEmpty()) {
            resolvers.put(words.get(1), StubResolver.trusting(servers, limits, Timing.system()));
        } else {
            try (InputStream anchors = Files.newInputStream(Path.of(words.get(5)))) {
                resolvers.put(words.get(1), StubResolver.validating(servers, limits, Timing.system(), anchors));
            }
        }
        return List.of("");
    }

    private static List<String> anchors() throws Exception {
        try (InputStream in = StubResolver.class.getResourceAsStream("root-anchors.txt")) {
            return List.of(new String(in.readAllBytes(), "US-ASCII"));
        }
    }

    /** Outcome, secure or insecure, canonical name, detail, milliseconds, records. */
    private static List<String> lookup(Resolver resolver, String name, String type) throws Exception {
        long from = System.nanoTime();
        Answer<?> answer = resolver.lookup(DnsName.forLookup(name), type(type));
        String millis = Long.toString((System.nanoTime() - from) / 1_000_000);
        String security = answer.authentic() ? "secure" : "insecure";
        return switch (answer) {
            case Answer.Found<?> found ->
                List.of("found", security, found.canonicalName().ascii(), "", millis, found.records().toString());
            case Answer.NoData<?> none -> List.of("nodata", security, "", "", millis, "");
            case Answer.NxDomain<?> none -> List.of("nxdomain", security, "", "", millis, "");
            case Answer.Failed<?> failed ->
                List.of(failed.cause().keyword(), security, "", failed.detail(), millis, "");
        };
    }

    private static List<String> tlsa(Resolver resolver, String host, int port) throws Exception {
        TlsaOutcome outcome = TlsaOutcome.lookup(resolver, DnsName.parseLax(host), port);
        return List.of(
                outcome.status().keyword(),
                Integer.toString(outcome.records().size()),
                outcome.baseDomain().ascii(),
                outcome.reason());
    }

    private static RecordType<?> type(String name) {
        return switch (name) {
            case "A" -> RecordType.A;
            case "AAAA" -> RecordType.AAAA;
            case "MX" -> RecordType.MX;
            case "TXT" -> RecordType.TXT;
            case "TLSA" -> RecordType.TLSA;
            case "CNAME" -> RecordType.CNAME;
            case "NS" -> RecordType.NS;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
