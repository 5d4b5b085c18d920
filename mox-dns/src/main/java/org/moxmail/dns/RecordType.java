package org.moxmail.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;

/**
 * A type of DNS records that mail needs, with the Java type of its data.
 *
 * @param <R> the type of a record's data
 */
public final class RecordType<R> {
    /** IPv4 addresses, RFC 1035 §3.4.1. */
    public static final RecordType<Inet4Address> A = new RecordType<>("A", 1, Inet4Address.class);

    /** IPv6 addresses, RFC 3596 §2.1. */
    public static final RecordType<Inet6Address> AAAA = new RecordType<>("AAAA", 28, Inet6Address.class);

    /** Aliases, RFC 1035 §3.3.1. A lookup of this type follows none. */
    public static final RecordType<DnsName> CNAME = new RecordType<>("CNAME", 5, DnsName.class);

    /** Mail exchanges, RFC 1035 §3.3.9. */
    public static final RecordType<MxRecord> MX = new RecordType<>("MX", 15, MxRecord.class);

    /** Name servers, RFC 1035 §3.3.11. */
    public static final RecordType<DnsName> NS = new RecordType<>("NS", 2, DnsName.class);

    /** Names of addresses, RFC 1035 §3.3.12. */
    public static final RecordType<DnsName> PTR = new RecordType<>("PTR", 12, DnsName.class);

    /** Hosts of a service, RFC 2782. */
    public static final RecordType<SrvRecord> SRV = new RecordType<>("SRV", 33, SrvRecord.class);

    /** Certificate associations, RFC 6698 §2. */
    public static final RecordType<TlsaRecord> TLSA = new RecordType<>("TLSA", 52, TlsaRecord.class);

    /**
     * Text, RFC 1035 §3.3.14: the strings of one record joined with nothing between, as RFC 7208 §3.3 and RFC 6376 §3.6.2.2
     * want it. One char is one octet (0 to 255), since the DNS knows no charset.
     */
    public static final RecordType<String> TXT = new RecordType<>("TXT", 16, String.class);

    private final String name;
    private final int number;
    private final Class<R> data;

    private RecordType(String name, int number, Class<R> data) {
        this.name = name;
        this.number = number;
        this.data = data;
    }

    /** The type's mnemonic, such as {@code AAAA}. */
    public String name() {
        return name;
    }

    /** The type's number on the wire. */
    public int number() {
        return number;
    }

    /** The Java type of a record's data. */
    public Class<R> data() {
        return data;
    }

    /** The {@linkplain #name() mnemonic}. */
    @Override
    public String toString() {
        return name;
    }
}
