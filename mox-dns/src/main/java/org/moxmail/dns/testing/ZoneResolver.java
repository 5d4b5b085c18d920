package org.moxmail.dns.testing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.moxmail.dns.Answer;
import org.moxmail.dns.Bytes;
import org.moxmail.dns.DnsFailure;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.MxRecord;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SrvRecord;
import org.moxmail.dns.SyntaxException;
import org.moxmail.dns.TlsaRecord;

/**
 * A resolver whose whole DNS is what the test says. Names not mentioned don't exist; names above a mentioned one do, without
 * records. CNAMEs are followed. Answers are authentic when every name involved was {@linkplain #signed said to be}.
 *
 * <p>Fill it before it is asked; after that any number of threads may ask. What was asked is {@linkplain #asked recorded}.
 */
public final class ZoneResolver implements Resolver {
    /** The time to live of every answer. */
    public static final Duration TTL = Duration.ofMinutes(5);

    private static final int CNAMES = 16;

    private record Key(DnsName name, RecordType<?> type) {}

    private final Map<Key, List<Object>> records = new HashMap<>();
    private final Map<Key, DnsFailure> failures = new ConcurrentHashMap<>();
    private final Set<DnsName> names = new HashSet<>();
    private final Set<DnsName> signed = new HashSet<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    /** A DNS in which nothing exists yet. */
    public ZoneResolver() {}

    /** Adds records of any type. Names are as {@link DnsName#forLookup} takes them, international ones in ASCII form. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <R> ZoneResolver add(String name, RecordType<R> type, R... data) {
        DnsName owner = name(name);
        for (Optional<DnsName> above = Optional.of(owner);
                above.isPresent();
                above = above.get().parent()) {
            names.add(above.get());
        }
        records.computeIfAbsent(new Key(owner, type), key -> new ArrayList<>()).addAll(Arrays.asList(data));
        return this;
    }

    /** Adds A or AAAA records, by what each address is. */
    public ZoneResolver address(String name, String... addresses) {
        for (String text : addresses) {
            switch (literal(text)) {
                case Inet4Address four -> add(name, RecordType.A, four);
                case Inet6Address six -> add(name, RecordType.AAAA, six);
                default -> throw new IllegalArgumentException(text);
            }
        }
        return this;
    }

    /** Adds TXT records, one char an octet. */
    public ZoneResolver txt(String name, String... texts) {
        return add(name, RecordType.TXT, texts);
    }

    /** Adds an MX record; {@code .} as the exchange is the root. */
    public ZoneResolver mx(String name, int preference, String exchange) {
        return add(name, RecordType.MX, new MxRecord(preference, target(exchange)));
    }

    /** Adds an SRV record; {@code .} as the target is the root. */
    public ZoneResolver srv(String name, int priority, int weight, int port, String target) {
        return add(name, RecordType.SRV, new SrvRecord(priority, weight, port, target(target)));
    }

    /** Adds a TLSA record with its data in hexadecimal. */
    public ZoneResolver tlsa(String name, int usage, int selector, int matchingType, String hex) {
        return add(name, RecordType.TLSA, new TlsaRecord(usage, selector, matchingType, Bytes.ofHex(hex)));
    }

    /** Makes a name an alias of another. */
    public ZoneResolver cname(String name, String canonical) {
        return add(name, RecordType.CNAME, name(canonical));
    }

    /** Adds PTR records at a name such as {@code 1.2.0.192.in-addr.arpa}. */
    public ZoneResolver ptr(String name, String... hosts) {
        for (String host : hosts) {
            add(name, RecordType.PTR, name(host));
        }
        return this;
    }

    /** Makes lookups of this type at this name fail. May be called at any time. */
    public ZoneResolver fail(String name, RecordType<?> type, DnsFailure failure) {
        failures.put(new Key(name(name), type), failure);
        return this;
    }

    /** Undoes {@link #fail}. May be called at any time. */
    public ZoneResolver mend(String name, RecordType<?> type) {
        failures.remove(new Key(name(name), type));
        return this;
    }

    /** Makes answers about these names and all names below them authentic, denials too. */
    public ZoneResolver signed(String... tops) {
        for (String top : tops) {
            signed.add(name(top));
        }
        return this;
    }

    /** The lookups so far, in their order, as {@code TXT example.org}; aliases on the way are not told. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        asked.add(type + " " + name.ascii());
        boolean authentic = true;
        DnsName at = name;
        for (int hops = 0; hops <= CNAMES; hops++) {
            DnsFailure failure = failures.get(new Key(at, type));
            if (failure != null) {
                return new Answer.Failed<>(failure, failure.keyword() + " for " + at.ascii());
            }
            authentic = authentic && isSigned(at);
            List<R> found = records(at, type);
            if (!found.isEmpty()) {
                return new Answer.Found<>(found, at, authentic, TTL);
            }
            List<DnsName> alias = type.equals(RecordType.CNAME) ? List.of() : records(at, RecordType.CNAME);
            if (alias.isEmpty()) {
                return names.contains(at) ? new Answer.NoData<>(authentic) : new Answer.NxDomain<>(authentic);
            }
            at = alias.getFirst();
        }
        return new Answer.Failed<>(DnsFailure.MALFORMED, "more than " + CNAMES + " CNAMEs from " + name.ascii());
    }

    private <R> List<R> records(DnsName name, RecordType<R> type) {
        return records.getOrDefault(new Key(name, type), List.of()).stream()
                .map(type.data()::cast)
                .toList();
    }

    private boolean isSigned(DnsName name) {
        return signed.stream().anyMatch(name::isSubdomainOf);
    }

    private static Optional<DnsName> target(String host) {
        return host.equals(".") ? Optional.empty() : Optional.of(name(host));
    }

    private static DnsName name(String text) {
        try {
            return DnsName.forLookup(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static InetAddress literal(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]+")) {
            throw new IllegalArgumentException(text);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
