/**
 * Domain names as values: {@link org.moxmail.dns.DnsName} has the ASCII form for the wire and the Unicode form for people,
 * after the mapping of UTS 46 (Unicode 15.0, non-transitional) and the checks of IDNA 2008 (RFC 5890 to RFC 5893, Punycode of
 * RFC 3492) that a look-up makes. The ContextO rules of RFC 5892, which are for registries, are left out, and symbols such as
 * emoji are let through, as UTS 46 does.
 *
 * <pre>{@code
 * DnsName name = DnsName.parse("Bücher.Example");
 * name.ascii();           // xn--bcher-kva.example
 * name.unicode();         // bücher.example
 * name.equals(DnsName.parse("xn--bcher-kva.example"));  // true
 * }</pre>
 *
 * <p>{@link org.moxmail.dns.Resolver} is how the DNS is asked, with {@link org.moxmail.dns.StubResolver} for the network (RFC 1035,
 * EDNS of RFC 6891, DNSSEC of RFC 4035, extended errors of RFC 8914), {@link org.moxmail.dns.CachingResolver} in front of it (RFC 2308,
 * RFC 9520), and {@link org.moxmail.dns.testing.ZoneResolver} in memory. {@link org.moxmail.dns.ReverseLookup} (RFC 8601 §3),
 * {@link org.moxmail.dns.Dnsbl} (RFC 5782) and {@link org.moxmail.dns.PublicSuffixList} (RFC 7489 §3.2) build on it.
 *
 * <p>Values are immutable; resolvers are safe for use by any number of threads.
 */
@NullMarked
package org.moxmail.dns;

import org.jspecify.annotations.NullMarked;
