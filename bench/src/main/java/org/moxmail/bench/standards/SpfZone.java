package org.moxmail.bench.standards;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.MxRecord;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;

/**
 * One DNS for both libraries: answers are made before, as each wants them, and looked up by name and type. The peer takes its
 * answers apart, so that each is a list of its own.
 */
final class SpfZone implements Resolver, DNSService {
    private record Question(DnsName name, RecordType<?> type) {}

    private record PeersQuestion(String name, int type) {}

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int MOST_RECORDS = 10;

    private final Map<Question, List<Object>> records = new HashMap<>();
    private final Map<Question, Answer<?>> answers = new HashMap<>();
    private final Map<PeersQuestion, List<String>> peers = new HashMap<>();

    SpfZone() {
        txt("ip4.example", "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.17 -all");

        txt("mx-a.example", "v=spf1 mx a:relay.mx-a.example a:news.mx-a.example/28 ~all");
        mx("mx-a.example", 10, "mx1.mx-a.example");
        mx("mx-a.example", 20, "mx2.mx-a.example");
        address("mx1.mx-a.example", "198.51.100.1");
        address("mx2.mx-a.example", "198.51.100.2");
        address("relay.mx-a.example", "198.51.100.3");
        address("news.mx-a.example", "192.0.2.200");

        txt("include.example", "v=spf1 include:_spf.provider.example ~all");
        txt(
                "_spf.provider.example",
                "v=spf1 include:_netblocks.provider.example include:_netblocks2.provider.example"
                        + " include:_netblocks3.provider.example ~all");
        txt(
                "_netblocks.provider.example",
                "v=spf1 ip4:10.190.247.0/24 ip4:10.233.160.0/19 ip4:10.102.0.0/20 ip4:10.249.80.0/20"
                        + " ip4:10.14.192.0/18 ip4:10.125.0.0/16 ip4:10.85.128.0/17 ip4:10.146.0.0/16 ip4:172.16.192.0/19"
                        + " ip4:172.17.0.0/16 ip4:172.18.128.0/17 ip4:172.19.192.0/18 ~all");
        txt(
                "_netblocks2.provider.example",
                "v=spf1 ip6:2001:db8:4000::/36 ip6:2001:db8:4860:4000::/56 ip6:2001:db8:680:4000::/56"
                        + " ip6:2001:db8:2800:3f0::/64 ip6:2001:db8:2a00:1450::/64 ip6:2001:db8:2c0f:fb50::/64 ~all");
        txt(
                "_netblocks3.provider.example",
                "v=spf1 ip4:172.21.192.0/19 ip4:172.22.0.0/17 ip4:172.23.18.0/20 ip4:172.24.8.0/20 ip4:172.25.16.0/21"
                        + " ip4:10.177.8.0/21 ip4:10.217.224.0/19 ip4:10.187.80.0/20 ip4:203.0.113.64/27 ~all");

        txt("exists.example", "v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all");
        address("3.2.0.192.in-addr._spf.exists.example", "127.0.0.2");

        txt("redirect.example", "v=spf1 redirect=_spf.redirect.example");
        txt("_spf.redirect.example", "v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:12::/48 -all");

        txt("fail.example", "v=spf1 ip4:198.51.100.0/26 ip6:2001:db8:7::/48 a mx include:_spf.provider.example -all");
        mx("fail.example", 10, "mx.fail.example");
        address("fail.example", "198.51.100.70");
        address("mx.fail.example", "198.51.100.71");
    }

    private void txt(String name, String text) {
        add(name, RecordType.TXT, text, DNSRequest.TXT, text);
    }

    private void mx(String name, int preference, String exchange) {
        MxRecord mx = new MxRecord(preference, Optional.of(name(exchange)));
        add(name, RecordType.MX, mx, DNSRequest.MX, exchange);
    }

    private void address(String name, String text) {
        InetAddress address = address(text);
        add(name, address instanceof Inet6Address ? RecordType.AAAA : RecordType.A, address, DNSRequest.A, text);
    }

    private void add(String name, RecordType<?> type, Object data, int peersType, String peersData) {
        Question question = new Question(name(name), type);
        List<Object> all = records.computeIfAbsent(question, key -> new ArrayList<>());
        all.add(data);
        answers.put(question, new Answer.Found<>(all, question.name(), false, TTL));
        peers.computeIfAbsent(new PeersQuestion(name, peersType), key -> new ArrayList<>())
                .add(peersData);
    }

    static InetAddress address(String text) {
        try {
            return Addresses.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DnsName name(String text) {
        try {
            return DnsName.forLookup(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // records are put under their own type
    public <R> Answer<R> lookup(DnsName name, RecordType<R> type) {
        Answer<?> answer = answers.get(new Question(name, type));
        return answer == null ? new Answer.NxDomain<>(false) : (Answer<R>) answer;
    }

    @Override
    public @Nullable List<String> getRecords(DNSRequest request) {
        List<String> found = peers.get(new PeersQuestion(request.getHostname(), request.getRecordType()));
        return found == null ? null : new ArrayList<>(found);
    }

    @Override
    public CompletionStage<@Nullable List<String>> getRecordsAsync(DNSRequest request) {
        return CompletableFuture.completedFuture(getRecords(request));
    }

    @Override
    public List<String> getLocalDomainNames() {
        return List.of("mx.example.org");
    }

    @Override
    public void setTimeOut(int seconds) {}

    @Override
    public int getRecordLimit() {
        return MOST_RECORDS;
    }

    @Override
    public void setRecordLimit(int limit) {}
}
