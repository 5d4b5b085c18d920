package org.moxmail.spf;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;

/** The names of the client and whether they are confirmed, RFC 7208 §5.5, for ptr mechanisms and {@code p} macros. */
final class ClientNames {
    private final Budget budget;
    private final AddressBits client;
    private @Nullable Answer<DnsName> answer;

    ClientNames(Budget budget, AddressBits client) {
        this.budget = budget;
        this.client = client;
    }

    /** What the DNS says about names of the client. It's asked once; each use is to be counted all the same. */
    Answer<DnsName> answer() throws Stop, InterruptedException {
        if (answer == null) {
            answer = budget.ask(Addresses.reverseName(client.address()), RecordType.PTR);
        }
        return answer;
    }

    /** Whether one of the names is confirmed and is the target or below it. */
    boolean anyWithin(DnsName target) throws Stop, InterruptedException {
        // Erratum 5227: the confirmed name is to be a subdomain of the target, not the other way round.
        for (DnsName name : names()) {
            if (name.isSubdomainOf(target) && confirmed(name)) {
                return true;
            }
        }
        return false;
    }

    /** The confirmed name to show: the domain itself, else one below it, else any; "unknown" if there's none, RFC 7208 §7.3. */
    String shown(DnsName domain) throws Stop, InterruptedException {
        List<DnsName> names = names();
        for (int rank = 0; rank < 3; rank++) {
            for (DnsName name : names) {
                if (rank(name, domain) == rank && confirmed(name)) {
                    return name.ascii();
                }
            }
        }
        return "unknown";
    }

    private static int rank(DnsName name, DnsName domain) {
        return name.equals(domain) ? 0 : name.isBelow(domain) ? 1 : 2;
    }

    /** RFC 7208 §4.6.4: names after the tenth are ignored. */
    private List<DnsName> names() throws Stop, InterruptedException {
        List<DnsName> names = answer().records();
        return names.subList(0, Math.min(names.size(), budget.limits().ptrNames()));
    }

    /** RFC 7208 §5.5: a name about which the DNS fails is skipped. */
    private boolean confirmed(DnsName name) throws Stop, InterruptedException {
        for (InetAddress address : budget.addresses(name, client.six()).records()) {
            if (client.equals(AddressBits.of(address))) {
                return true;
            }
        }
        return false;
    }
}
