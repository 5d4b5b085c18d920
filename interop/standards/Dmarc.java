import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.moxmail.dmarc.AuthenticatedDomain;
import org.moxmail.dmarc.AuthenticationResult;
import org.moxmail.dmarc.DmarcLimits;
import org.moxmail.dmarc.DmarcLookup;
import org.moxmail.dmarc.DmarcOutcome;
import org.moxmail.dmarc.DmarcRequest;
import org.moxmail.dmarc.DmarcVerifier;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.PublicSuffixList;
import org.moxmail.dns.testing.ZoneResolver;

/** mox-dmarc in RFC 7489 mode for scripts: records, and what they say of messages. */
final class Dmarc {
    private ZoneResolver zone = new ZoneResolver();

    public static void main(String[] args) throws Exception {
        Dmarc dmarc = new Dmarc();
        Peer.serve(dmarc::answer);
    }

    private List<String> answer(List<String> words) throws Exception {
        return switch (words.getFirst()) {
            case "zone" -> {
                zone = new ZoneResolver();
                for (int i = 1; i < words.size(); i += 2) {
                    zone.txt(words.get(i), words.get(i + 1));
                }
                yield List.of("");
            }
            case "organization" -> {
                yield List.of(PublicSuffixList.bundled(PublicSuffixList.Part.ALL)
                        .organizationalDomain(DnsName.parse(words.get(1)))
                        .ascii());
            }
            case "check" -> check(words);
            default -> throw new IllegalArgumentException(words.getFirst());
        };
    }

    /** Words: author's domain, that of SPF and its result, that of DKIM and its result; empty for none. */
    private List<String> check(List<String> words) throws Exception {
        List<AuthenticatedDomain> identifiers = new ArrayList<>();
        if (!words.get(2).isEmpty()) {
            identifiers.add(AuthenticatedDomain.mailFrom(DnsName.parse(words.get(2)), result(words.get(3))));
        }
        if (!words.get(4).isEmpty()) {
            identifiers.add(AuthenticatedDomain.dkim(DnsName.parse(words.get(4)), result(words.get(5))));
        }
        RandomGenerator first = () -> 0;
        DmarcOutcome outcome = DmarcVerifier.rfc7489(zone, PublicSuffixList.bundled(PublicSuffixList.Part.ALL), first, DmarcLimits.DEFAULT)
                .verify(new DmarcRequest(List.of(DnsName.parse(words.get(1))), identifiers, false));
        return List.of(
                outcome.result().keyword(),
                outcome.published().map(DmarcLookup.Found::policy).map(Object::toString).orElse("").toLowerCase(Locale.ROOT),
                outcome.dkimAligned() ? "dkim" : "",
                outcome.spfAligned() ? "spf" : "",
                outcome.published().map(found -> found.policyDomain().ascii()).orElse(""),
                outcome.reason());
    }

    private static AuthenticationResult result(String word) {
        return AuthenticationResult.ofKeyword(word).orElseThrow();
    }
}
