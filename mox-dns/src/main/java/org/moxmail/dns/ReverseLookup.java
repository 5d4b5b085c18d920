package org.moxmail.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Forward-confirmed reverse DNS ("iprev"), RFC 8601 §3: which name an address has that has the address. Safe for any number of threads. */
public final class ReverseLookup {
    /** Names whose addresses are looked up at most: their owner chooses how many there are. */
    public static final int NAMES = 10;

    private final Resolver resolver;

    /** A lookup by way of this resolver. */
    public ReverseLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The results of RFC 8601 §2.7.3. */
    public enum Result {
        /** A name has the address. */
        PASS("pass"),
        /** There are names, and none has the address. */
        FAIL("fail"),
        /** The DNS gave no answer; a later attempt may fare better. */
        TEMPERROR("temperror"),
        /** The address has no name. */
        PERMERROR("permerror");

        private final String keyword;

        Result(String keyword) {
            this.keyword = keyword;
        }

        /** The RFC's word. */
        public String keyword() {
            return keyword;
        }
    }

    /**
     * What was found.
     *
     * @param name the first name that has the address; empty if none has
     * @param names all names of the address, confirmed or not, at most {@link #NAMES}
     * @param authentic whether DNSSEC proved all of it
     * @param reason for a postmaster
     */
    public record Outcome(
            Result result, Optional<DnsName> name, List<DnsName> names, boolean authentic, String reason) {
        public Outcome {
            Objects.requireNonNull(result);
            Objects.requireNonNull(name);
            names = List.copyOf(names);
            Objects.requireNonNull(reason);
        }
    }

    /**
     * Looks the names of an address up, and their addresses until one is the address.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits for the DNS
     */
    public Outcome verify(InetAddress address) throws InterruptedException {
        InetAddress wanted = Addresses.unmapped(address);
        String text = Addresses.print(wanted);
        Answer<DnsName> answer = resolver.lookup(Addresses.reverseName(wanted), RecordType.PTR);
        if (answer instanceof Answer.Failed<DnsName> failed) {
            return new Outcome(
                    Result.TEMPERROR, Optional.empty(), List.of(), false, "names of " + text + ": " + failed.detail());
        }
        List<DnsName> names = new ArrayList<>(answer.records());
        if (names.isEmpty()) {
            return new Outcome(Result.PERMERROR, Optional.empty(), names, answer.authentic(), text + " has no name");
        }
        return confirm(wanted, names.subList(0, Math.min(names.size(), NAMES)), answer.authentic());
    }

    private Outcome confirm(InetAddress wanted, List<DnsName> names, boolean authentic) throws InterruptedException {
        boolean proved = authentic;
        String trouble = "";
        for (DnsName name : names) {
            Answer<? extends InetAddress> addresses = wanted instanceof Inet6Address
                    ? resolver.lookup(name, RecordType.AAAA)
                    : resolver.lookup(name, RecordType.A);
            proved &= addresses.authentic();
            if (addresses instanceof Answer.Failed<?> failed) {
                trouble = "addresses of " + name + ": " + failed.detail();
            }
            if (addresses.records().contains(wanted)) {
                return new Outcome(
                        Result.PASS, Optional.of(name), names, authentic && addresses.authentic(), name + " confirmed");
            }
        }
        return trouble.isEmpty()
                ? new Outcome(
                        Result.FAIL,
                        Optional.empty(),
                        names,
                        proved,
                        "no name of " + Addresses.print(wanted) + " has the address")
                : new Outcome(Result.TEMPERROR, Optional.empty(), names, false, trouble);
    }
}
