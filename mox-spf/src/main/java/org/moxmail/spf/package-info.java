/**
 * SPF, RFC 7208: whether a host may send mail for a domain. {@link org.moxmail.spf.SpfVerifier} evaluates {@code check_host()} for
 * the MAIL FROM or the HELO identity, with internationalised mail as RFC 8616 §4 has it; {@link org.moxmail.spf.SpfRecord} is a
 * published record; {@link org.moxmail.spf.ReceivedSpf} is the header field that tells the result. Records of type SPF (99) are not
 * looked up, RFC 7208 §3.1.
 *
 * <pre>{@code
 * Resolver dns = new ZoneResolver().txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
 * SpfVerifier verifier = new SpfVerifier(dns, Timing.system(), SpfLimits.RFC7208);
 * SpfRequest request = SpfRequest.mailFrom(Addresses.parse("192.0.2.7"), "mail.example.org", "ada@example.org");
 * SpfOutcome outcome = verifier.verify(request);
 * outcome.result();      // PASS
 * outcome.decidedBy();   // ip4:192.0.2.0/24
 * String field = ReceivedSpf.of(outcome, request).print();
 * }</pre>
 *
 * <p>Values are immutable; a verifier is safe for use by any number of threads.
 */
@NullMarked
package org.moxmail.spf;

import org.jspecify.annotations.NullMarked;
