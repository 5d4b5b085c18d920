import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.moxmail.dane.DaneOutcome;
import org.moxmail.dane.DaneTrustManager;
import org.moxmail.dane.DaneVerifier;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;
import org.moxmail.time.Timing;

/** mox-dane for scripts: handshakes with TLSA records as the trust decision. */
final class Dane {
    private Dane() {}

    public static void main(String[] args) throws Exception {
        Peer.serve(Dane::answer);
    }

    /** Words: port, names apart by commas, records as zone files have them. Whether the handshake went through, and why not. */
    private static List<String> answer(List<String> words) throws Exception {
        List<TlsaRecord> records = new ArrayList<>();
        for (String word : words.subList(2, words.size())) {
            String[] fields = word.split(" ");
            records.add(new TlsaRecord(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Bytes.ofHex(fields[3])));
        }
        Set<DnsName> names = Stream.of(words.get(1).split(",")).map(Dane::name).collect(Collectors.toSet());
        DaneTrustManager trust = new DaneTrustManager(new DaneVerifier(records, names, Timing.system()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        boolean shaken = false;
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words.get(0)))) {
            plain.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
                socket.startHandshake();
                shaken = true;
            }
        } catch (IOException e) {
            if (trust.outcome().isEmpty()) {
                throw e;
            }
        }
        DaneOutcome outcome = trust.outcome().orElseThrow();
        if (outcome.verified() != shaken) {
            throw new IllegalStateException("handshake and outcome differ: " + outcome);
        }
        return List.of(shaken ? "ok" : "refused", outcome.reason());
    }

    private static DnsName name(String text) {
        try {
            return DnsName.parseLax(text);
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
