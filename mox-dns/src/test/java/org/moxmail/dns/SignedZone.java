package org.moxmail.dns;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone with signatures and proofs of absence by NSEC, RFC 4035 §2, made for a test. */
final class SignedZone {
    private static final long TTL = 300;

    private final Name origin;
    private final KeyPair pair;
    private final DNSKEYRecord key;
    private final Instant inception;
    private final Instant expiration;
    private final NavigableMap<Name, List<RRset>> names = new TreeMap<>();

    SignedZone(String origin, Instant inception, Instant expiration) throws Exception {
        this.origin = Name.fromString(origin);
        this.inception = inception;
        this.expiration = expiration;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.pair = generator.generateKeyPair();
        this.key = new DNSKEYRecord(
                this.origin,
                DClass.IN,
                TTL,
                DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                DNSKEYRecord.Protocol.DNSSEC,
                DNSSEC.Algorithm.ECDSAP256SHA256,
                pair.getPublic());
        add(key);
        add(new SOARecord(this.origin, DClass.IN, TTL, this.origin, this.origin, 1, 1, 1, 1, 60));
    }

    Name origin() {
        return origin;
    }

    DSRecord delegation() {
        return new DSRecord(origin, DClass.IN, TTL, DNSSEC.Digest.SHA256, key);
    }

    void add(Record... records) {
        for (Record record : records) {
            List<RRset> sets = names.computeIfAbsent(record.getName(), name -> new ArrayList<>());
            RRset set = find(record.getName(), record.getType());
            if (set == null) {
                sets.add(new RRset(record));
            } else {
                set.addRR(record);
            }
        }
    }

    /** Signs all sets but delegations, and links the names. */
    void sign() throws DNSSEC.DNSSECException, GeneralSecurityException {
        Name[] order = names.keySet().toArray(Name[]::new);
        for (int i = 0; i < order.length; i++) {
            TreeSet<Integer> types = new TreeSet<>(List.of(Type.NSEC, Type.RRSIG));
            names.getOrDefault(order[i], List.of()).forEach(set -> types.add(set.getType()));
            add(new NSECRecord(
                    order[i],
                    DClass.IN,
                    60,
                    order[(i + 1) % order.length],
                    types.stream().mapToInt(Integer::intValue).toArray()));
        }
        for (List<RRset> sets : names.values()) {
            for (RRset set : sets) {
                boolean delegated = set.getType() == Type.NS && !set.getName().equals(origin);
                if (!delegated) {
                    set.addRR(DNSSEC.sign(set, key, pair.getPrivate(), inception, expiration));
                }
            }
        }
    }

    boolean exists(Name name) {
        return names.keySet().stream().anyMatch(other -> other.subdomain(name));
    }

    @Nullable
    RRset find(Name name, int type) {
        for (RRset set : names.getOrDefault(name, List.of())) {
            if (set.getType() == type) {
                return set;
            }
        }
        return null;
    }

    /** The name's own proof, or the one that spans where it would be. */
    RRset proof(Name name) {
        return Objects.requireNonNull(find(names.floorKey(name), Type.NSEC));
    }

    RRset soa() {
        return Objects.requireNonNull(find(origin, Type.SOA));
    }
}
