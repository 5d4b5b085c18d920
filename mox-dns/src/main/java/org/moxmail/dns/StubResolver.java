package org.moxmail.dns;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.moxmail.time.Timing;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.WireParseException;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Asks recursive resolvers over the network, RFC 1035 §4.2: over UDP with EDNS (RFC 6891), over TCP what doesn't fit. Queries are sent
 * and received by dnsjava, whose types don't show, on threads of its own; the caller's thread waits.
 *
 * <p>There are two ways to DNSSEC. {@link #trusting} believes the AD bit of a resolver that validates, if it's on this machine or the
 * configuration says so. {@link #validating} asks for signatures and validates them here, from the root's keys. Answers aren't kept,
 * see {@link CachingResolver}; keys are.
 */
public final class StubResolver implements Resolver {
    private static final String ROOT_ANCHORS = "root-anchors.txt";

    private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

    private final org.xbill.DNS.Resolver head;
    private final DnsServers servers;
    private final boolean askAuthentic;
    private final boolean believe;
    private final ResolverLimits limits;
    private final Timing timing;

    private StubResolver(
            org.xbill.DNS.Resolver head,
            DnsServers servers,
            boolean askAuthentic,
            boolean believe,
            ResolverLimits limits,
            Timing timing) {
        this.head = head;
        this.servers = servers;
        this.askAuthentic = askAuthentic;
        this.believe = believe;
        this.limits = limits;
        this.timing = timing;
    }

    /**
     * Leaves DNSSEC to the servers. Answers are authentic when they say so, RFC 4035 §4.9.3, and all of them are on this machine or
     * {@linkplain DnsServers#trustAd trusted}; else none is.
     */
    public static StubResolver trusting(DnsServers servers, ResolverLimits limits, Timing timing) {
        boolean trusted = servers.trusted();
        return new StubResolver(new Servers(servers.addresses(), limits), servers, trusted, trusted, limits, timing);
    }

    /** Validates by itself, from the keys of the root that IANA has published up to 2026. */
    public static StubResolver validating(DnsServers servers, ResolverLimits limits, Timing timing) {
        try (InputStream anchors = StubResolver.class.getResourceAsStream(ROOT_ANCHORS)) {
            if (anchors == null) {
                throw new IllegalStateException(ROOT_ANCHORS + " is missing from this library");
            }
            return validating(servers, limits, timing, anchors);
        } catch (IOException e) {
            throw new IllegalStateException(ROOT_ANCHORS + " of this library can't be read", e);
        }
    }

    /**
     * Validates by itself, from given keys.
     *
     * @param anchors DS or DNSKEY records as a zone file has them, RFC 4034 §5.3; read to the end, not closed
     * @throws IOException when they can't be read
     */
    public static StubResolver validating(DnsServers servers, ResolverLimits limits, Timing timing, InputStream anchors)
            throws IOException {
        ValidatingResolver validator =
                new ValidatingResolver(new Servers(servers.addresses(), limits), timing.withZone(ZoneOffset.UTC));
        validator.loadTrustAnchors(anchors);
        return new StubResolver(validator, servers, false, true, limits, timing);
    }

    @Override
    public <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long started = timing.nanoTime();
        Chain<R> chain = new Chain<>(name, type);
        while (true) {
            Answer<R> answer = step(chain);
            if (answer != null) {
                return answer;
            }
            if (timing.nanoTime() - started > limits.total().toNanos()) {
                return new Answer.Failed<>(DnsFailure.TIMEOUT, "no time left to follow the aliases of " + name);
            }
        }
    }

    /** Asks for what a chain of aliases has come to. Null when that has led to another alias. */
    private <R> @Nullable Answer<R> step(Chain<R> chain) throws InterruptedException {
        Record question = Record.newRecord(Wire.name(chain.at), chain.type.number(), DClass.IN);
        Message query = Message.newQuery(question);
        if (askAuthentic) {
            query.getHeader().setFlag(Flags.AD); // RFC 6840 §5.7: without, servers needn't tell
        }
        Message response;
        try {
            response = head.send(query);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return unreachable(e);
        }
        Record echoed = response.getQuestion();
        if (echoed == null || !echoed.getName().equals(question.getName()) || echoed.getType() != question.getType()) {
            return new Answer.Failed<>(DnsFailure.MALFORMED, "answer to another question than " + chain.at);
        }
        int rcode = response.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            return refused(response);
        }
        return chain.follow(response);
    }

    /** A lookup on its way along aliases. */
    private final class Chain<R> {
        private final DnsName start;
        private final RecordType<R> type;
        private DnsName at;
        private boolean authentic = believe;
        private Duration ttl = LONGEST;
        private int aliases;

        Chain(DnsName start, RecordType<R> type) {
            this.start = start;
            this.type = type;
            this.at = start;
        }

        @Nullable
        Answer<R> follow(Message response) {
            authentic &= response.getHeader().getFlag(Flags.AD);
            List<Record> records = response.getSection(Section.ANSWER);
            boolean moved = false;
            while (true) {
                Name owner = Wire.name(at);
                List<Record> own = records.stream()
                        .filter(record -> record.getName().equals(owner) && record.getType() == type.number())
                        .toList();
                if (!own.isEmpty()) {
                    return found(own);
                }
                CNAMERecord alias = alias(records, owner);
                if (alias == null) {
                    // A server that doesn't resolve aliases to their end: ask for the rest, unless it says that there's
                    // none.
                    return moved && response.getRcode() == Rcode.NOERROR && soa(response) == null
                            ? null
                            : absent(response);
                }
                aliases++;
                if (aliases > limits.cnames()) {
                    return malformed("more than " + limits.cnames() + " aliases");
                }
                DnsName target = Wire.name(alias.getTarget());
                if (target == null) {
                    return malformed("an alias of a name that can't be looked up");
                }
                ttl = shorter(ttl, alias.getTTL());
                at = target;
                moved = true;
            }
        }

        private static @Nullable CNAMERecord alias(List<Record> records, Name owner) {
            for (Record record : records) {
                if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
                    return alias;
                }
            }
            return null;
        }

        private Answer<R> found(List<Record> own) {
            List<R> usable = new ArrayList<>(own.size());
            for (Record record : own) {
                ttl = shorter(ttl, record.getTTL());
                R data = Wire.data(record, type);
                if (data != null) {
                    usable.add(data);
                }
            }
            return usable.isEmpty()
                    ? malformed("no usable " + type + " record")
                    : new Answer.Found<>(usable, at, authentic, ttl);
        }

        private Answer<R> absent(Message response) {
            SOARecord soa = soa(response);
            Duration remembered = soa == null ? Duration.ZERO : shorter(shorter(ttl, soa.getTTL()), soa.getMinimum());
            return response.getRcode() == Rcode.NXDOMAIN
                    ? new Answer.NxDomain<>(authentic, remembered)
                    : new Answer.NoData<>(authentic, remembered);
        }

        private Answer<R> malformed(String what) {
            return new Answer.Failed<>(DnsFailure.MALFORMED, what + " for " + start);
        }
    }

    private static @Nullable SOARecord soa(Message response) {
        for (Record record : response.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                return soa;
            }
        }
        return null;
    }

    private static Duration shorter(Duration one, long seconds) {
        // RFC 2181 §8: a TTL with the top bit set is zero.
        Duration other = Duration.ofSeconds(seconds < 0 || seconds > Integer.MAX_VALUE ? 0 : seconds);
        return one.compareTo(other) < 0 ? one : other;
    }

    private <R> Answer<R> refused(Message response) {
        int rcode = response.getRcode();
        StringBuilder detail = new StringBuilder(Rcode.string(rcode).toLowerCase(Locale.ROOT));
        boolean bogus = false;
        OPTRecord opt = response.getOPT();
        if (opt != null) {
            for (EDNSOption option : opt.getOptions()) {
                if (option instanceof ExtendedErrorCodeOption extended) {
                    bogus |= isBogus(extended.getErrorCode());
                    detail.append(extended(extended));
                }
            }
        }
        DnsFailure cause = rcode == Rcode.REFUSED
                ? DnsFailure.REFUSED
                : bogus && rcode == Rcode.SERVFAIL ? DnsFailure.BOGUS : DnsFailure.SERVFAIL;
        return new Answer.Failed<>(cause, detail + " from " + addresses());
    }

    /** RFC 8914 §4.7 to §4.13: what is wrong with signatures. */
    private static boolean isBogus(int code) {
        return code >= ExtendedErrorCodeOption.DNSSEC_BOGUS && code <= ExtendedErrorCodeOption.NSEC_MISSING;
    }

    private static String extended(ExtendedErrorCodeOption error) {
        StringBuilder text = new StringBuilder(" (extended error ")
                .append(error.getErrorCode())
                .append(", ")
                .append(ExtendedErrorCodeOption.text(error.getErrorCode()));
        String more = error.getText();
        if (more != null && !more.isEmpty()) {
            text.append(": ").append(printable(more));
        }
        return text.append(')').toString();
    }

    /** RFC 8914 §2: the text is for people, and a stranger's. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return printable.toString();
    }

    private <R> Answer<R> unreachable(IOException failure) {
        String detail = failure.getMessage() + " from " + addresses();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new Answer.Failed<>(DnsFailure.TIMEOUT, "no answer in time from " + addresses());
            }
            if (cause instanceof WireParseException) {
                return new Answer.Failed<>(DnsFailure.MALFORMED, "unreadable answer: " + detail);
            }
            if (cause instanceof PortUnreachableException || cause instanceof ConnectException) {
                return new Answer.Failed<>(DnsFailure.REFUSED, "nobody listens at " + addresses() + hint());
            }
        }
        String message = failure.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("timed out")
                ? new Answer.Failed<>(DnsFailure.TIMEOUT, "no answer in time from " + addresses())
                : new Answer.Failed<>(DnsFailure.REFUSED, "no server can be reached: " + detail);
    }

    private String hint() {
        return servers.addresses().stream()
                        .anyMatch(server -> server.getAddress() != null
                                && server.getAddress().isLoopbackAddress())
                ? ": check /etc/resolv.conf, and run a recursive resolver that validates, such as unbound, on this"
                        + " machine"
                : "";
    }

    private String addresses() {
        List<String> texts = new ArrayList<>();
        for (InetSocketAddress server : servers.addresses()) {
            texts.add(
                    server.getAddress() == null
                            ? server.getHostString()
                            : Addresses.print(server.getAddress()) + " port " + server.getPort());
        }
        return String.join(" or ", texts);
    }
}
