package org.moxmail.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Asks a list of addresses that is published in the DNS, RFC 5782. Safe for use by any number of threads. */
public final class Dnsbl {
    private static final int LOOPBACK = 127;

    /** Lists answer from 127.255.255.0/24 that they won't answer: too many queries, or by way of a public resolver. */
    private static final int REFUSAL = 255;

    private final Resolver resolver;
    private final DnsName zone;

    /** The list at a zone, such as {@code bl.example.net}. */
    public Dnsbl(Resolver resolver, DnsName zone) {
        this.resolver = resolver;
        this.zone = zone;
    }

    /** What a list says about an address. */
    public sealed interface Outcome {
        /** The address is not on it. */
        record Unlisted(boolean authentic) implements Outcome {}

        /**
         * The address is on it.
         *
         * @param codes 127.0.0.2 and others, whose meaning is the list's, RFC 5782 §2.1
         * @param explanation the list's words, separated by "; "; empty if there are none
         */
        record Listed(List<InetAddress> codes, String explanation, boolean authentic) implements Outcome {
            public Listed {
                codes = List.copyOf(codes);
                Objects.requireNonNull(explanation);
            }
        }

        /** The list doesn't answer, or answers something that is no listing: don't go by it. */
        record Failed(String reason) implements Outcome {
            public Failed {
                Objects.requireNonNull(reason);
            }
        }
    }

    /** Whether a list can be gone by. */
    public sealed interface Health {
        /** It lists what each list must list, and doesn't what none may. */
        record Good() implements Health {}

        /** It doesn't. */
        record Bad(String reason) implements Health {
            public Bad {
                Objects.requireNonNull(reason);
            }
        }
    }

    /**
     * Asks about an address, RFC 5782 §2.1 for IPv4 and §2.4 for IPv6.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public Outcome lookup(InetAddress address) throws InterruptedException {
        DnsName name;
        try {
            name = zone.child(Addresses.reversed(address));
        } catch (SyntaxException e) {
            return new Outcome.Failed("the name of the list is too long: " + zone);
        }
        Answer<Inet4Address> answer = resolver.lookup(name, RecordType.A);
        return switch (answer) {
            case Answer.Failed<Inet4Address> failed -> new Outcome.Failed(zone + ": " + failed.detail());
            case Answer.NoData<Inet4Address> none -> new Outcome.Unlisted(none.authentic());
            case Answer.NxDomain<Inet4Address> none -> new Outcome.Unlisted(none.authentic());
            case Answer.Found<Inet4Address> found -> listed(name, found);
        };
    }

    private Outcome listed(DnsName name, Answer.Found<Inet4Address> found) throws InterruptedException {
        List<InetAddress> codes = new ArrayList<>();
        for (Inet4Address code : found.records()) {
            byte[] octets = code.getAddress();
            if (octets[0] == LOOPBACK && octets[1] == (byte) REFUSAL && octets[2] == (byte) REFUSAL) {
                return new Outcome.Failed(zone + " refuses to answer: " + Addresses.print(code));
            }
            // RFC 5782 §2.1: other addresses are those of a domain that somebody else has now.
            if (octets[0] == LOOPBACK) {
                codes.add(code);
            }
        }
        if (codes.isEmpty()) {
            return new Outcome.Failed(zone + " answers with addresses that are no codes: "
                    + Addresses.print(found.records().getFirst()));
        }
        // An explanation is welcome, its absence or failure doesn't matter.
        String explanation =
                String.join("; ", resolver.lookup(name, RecordType.TXT).records());
        return new Outcome.Listed(codes, explanation, found.authentic());
    }

    /**
     * Checks the entries that RFC 5782 §5 asks of each list: 127.0.0.2 is on it, 127.0.0.1 isn't.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public Health health() throws InterruptedException {
        return switch (lookup(test(1))) {
            case Outcome.Listed listed -> new Health.Bad(zone + " lists 127.0.0.1, so that it may list everything");
            case Outcome.Failed failed -> new Health.Bad(failed.reason());
            case Outcome.Unlisted unlisted ->
                switch (lookup(test(2))) {
                    case Outcome.Listed listed -> new Health.Good();
                    case Outcome.Failed failed -> new Health.Bad(failed.reason());
                    case Outcome.Unlisted none ->
                        new Health.Bad(zone + " doesn't list 127.0.0.2, so that it may list nothing");
                };
        };
    }

    private static InetAddress test(int last) {
        try {
            return Addresses.parse("127.0.0." + last);
        } catch (SyntaxException e) {
            throw new AssertionError("an address", e);
        }
    }
}
