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
 * <p>All types are immutable.
 */
@NullMarked
package org.moxmail.dns;

import org.jspecify.annotations.NullMarked;
