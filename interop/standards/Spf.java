import java.util.List;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.spf.SpfLimits;
import org.moxmail.spf.SpfOutcome;
import org.moxmail.spf.SpfRequest;
import org.moxmail.spf.SpfVerifier;
import org.moxmail.time.Timing;

/** mox-spf for scripts: a zone, and what it says about clients. */
final class Spf {
    private final ZoneResolver zone = new ZoneResolver();

    public static void main(String[] args) throws Exception {
        Spf spf = new Spf();
        Peer.serve(spf::answer);
    }

    private List<String> answer(List<String> words) throws Exception {
        switch (words.getFirst()) {
            case "rr" -> add(words.get(1), words.get(2), words.get(3));
            case "check" -> {
                return check(words.get(1), words.get(2), words.get(3));
            }
            default -> throw new IllegalArgumentException(words.getFirst());
        }
        return List.of("");
    }

    private void add(String name, String type, String value) {
        switch (type) {
            case "TXT" -> zone.txt(name, value);
            case "A", "AAAA" -> zone.address(name, value);
            case "MX" -> zone.mx(name, Integer.parseInt(value.split(" ")[0]), value.split(" ")[1]);
            case "PTR" -> zone.ptr(name, value);
            case "CNAME" -> zone.cname(name, value);
            case "FAIL" -> zone.fail(name, type(value), DnsFailure.TIMEOUT);
            default -> throw new IllegalArgumentException(type);
        }
    }

    private static RecordType<?> type(String name) {
        return switch (name) {
            case "TXT" -> RecordType.TXT;
            case "A" -> RecordType.A;
            case "AAAA" -> RecordType.AAAA;
            case "MX" -> RecordType.MX;
            case "PTR" -> RecordType.PTR;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Result, explanation, reason. */
    private List<String> check(String ip, String helo, String sender) throws Exception {
        SpfRequest request = SpfRequest.mailFrom(Addresses.parse(ip), helo, sender).withReceiver("receiver.example");
        SpfOutcome outcome = new SpfVerifier(zone, Timing.system(), SpfLimits.RFC7208).verify(request);
        return List.of(outcome.result().keyword(), outcome.explanation(), outcome.reason());
    }
}
