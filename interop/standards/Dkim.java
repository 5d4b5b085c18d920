import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.moxmail.dkim.ArcOutcome;
import org.moxmail.dkim.ArcSealer;
import org.moxmail.dkim.ArcStatus;
import org.moxmail.dkim.ArcVerifier;
import org.moxmail.dkim.Auid;
import org.moxmail.dkim.Canonicalization;
import org.moxmail.dkim.DkimKeyLookup;
import org.moxmail.dkim.DkimKeyRecord;
import org.moxmail.dkim.DkimKeys;
import org.moxmail.dkim.DkimOutcome;
import org.moxmail.dkim.DkimPolicy;
import org.moxmail.dkim.DkimSelector;
import org.moxmail.dkim.DkimSigner;
import org.moxmail.dkim.DkimVerifier;
import org.moxmail.dkim.SignedMessage;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.Address;
import org.moxmail.message.MessageContent;
import org.moxmail.time.Timing;

/** mox-dkim for scripts: keys, signatures and seals, made and verified. */
final class Dkim {
    private final Map<String, List<String>> texts = new HashMap<>();

    public static void main(String[] args) throws Exception {
        Dkim dkim = new Dkim();
        Peer.serve(dkim::answer);
    }

    private List<String> answer(List<String> words) throws Exception {
        return switch (words.getFirst()) {
            case "key" -> key(words.get(1));
            case "record" -> List.of(DkimKeyRecord.of(DkimKeys.publicKey(DkimKeys.readPem(words.get(1)))).print());
            case "txt" -> txt(words.get(1), words.subList(2, words.size()));
            case "sign" -> List.of(sign(words));
            case "verify" -> verify(words.get(1), words.get(2));
            case "seal" -> List.of(seal(words));
            case "arc" -> arc(words.get(1));
            default -> throw new IllegalArgumentException(words.getFirst());
        };
    }

    /** A key, its record, and for Ed25519 the seed alone, which is what some programs want. */
    private static List<String> key(String type) {
        KeyPair pair = type.equals("ed25519")
                ? DkimKeys.generateEd25519(new SecureRandom())
                : DkimKeys.generateRsa(Integer.parseInt(type), new SecureRandom());
        byte[] encoded = pair.getPrivate().getEncoded();
        byte[] seed = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return List.of(
                DkimKeys.printPem(pair.getPrivate()),
                DkimKeyRecord.of(pair.getPublic()).print(),
                Base64.getEncoder().encodeToString(seed));
    }

    private List<String> txt(String name, List<String> records) {
        texts.put(name, List.copyOf(records));
        return List.of("");
    }

    private ZoneResolver zone() {
        ZoneResolver zone = new ZoneResolver();
        texts.forEach((name, records) -> records.forEach(record -> zone.txt(name, record)));
        return zone;
    }

    private static SignedMessage message(String octets) throws Exception {
        return SignedMessage.of(MessageContent.of(Peer.octets(octets)));
    }

    /** Words: domain, selector, key, canonicalization of header and body, fields apart by colons, seal, seconds to live. */
    private static DkimSelector selector(List<String> words, int at) throws Exception {
        PrivateKey key = DkimKeys.readPem(words.get(at));
        return new DkimSelector(
                words.get(at - 1),
                key,
                Canonicalization.valueOf(words.get(at + 1)),
                Canonicalization.valueOf(words.get(at + 2)),
                words.get(at + 3).isEmpty() ? DkimSelector.HEADERS : List.of(words.get(at + 3).split(":")),
                words.get(at + 4).equals("seal"),
                Duration.ofSeconds(Long.parseLong(words.get(at + 5))));
    }

    private static String sign(List<String> words) throws Exception {
        DnsName domain = DnsName.parse(words.get(2));
        DkimSigner signer = new DkimSigner(domain, List.of(selector(words, 4)), Timing.system());
        Auid identity = words.get(10).isEmpty() ? Auid.of(domain) : Auid.of(Address.parse(words.get(10)));
        return new String(
                signer.sign(message(words.get(1)), identity, false).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
    }

    /** Three words a signature: result, reason, detail. */
    private List<String> verify(String octets, String policy) throws Exception {
        DkimVerifier verifier = new DkimVerifier(
                new DkimKeyLookup(zone()),
                policy.equals("rfc") ? DkimPolicy.RFC : DkimPolicy.DEFAULT,
                Timing.system());
        List<String> answer = new ArrayList<>();
        for (DkimOutcome outcome : verifier.verify(message(octets))) {
            answer.add(outcome.status().keyword());
            answer.add(outcome.reason().name());
            answer.add(outcome.detail());
        }
        return answer;
    }

    private static String seal(List<String> words) throws Exception {
        ArcStatus chain = ArcStatus.valueOf(words.get(11));
        return new ArcSealer(DnsName.parse(words.get(2)), selector(words, 4), Timing.system())
                .seal(message(words.get(1)), words.get(10), chain)
                .orElse("");
    }

    private List<String> arc(String octets) throws Exception {
        ArcOutcome outcome = new ArcVerifier(new DkimKeyLookup(zone()), DkimPolicy.RFC, Timing.system())
                .verify(message(octets));
        return List.of(outcome.status().keyword(), outcome.reason(), Integer.toString(outcome.oldestPass()));
    }
}
