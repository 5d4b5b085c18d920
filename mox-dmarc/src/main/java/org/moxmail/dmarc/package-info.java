/**
 * DMARC, RFC 9989, and RFC 7489 for comparison: whether a message is from the domain that its From field names, and what the domain's
 * owner wants done if not. {@link org.moxmail.dmarc.DmarcVerifier} evaluates messages by facts about them, whoever checked SPF and
 * DKIM; {@link org.moxmail.dmarc.DmarcRecord} is a published record; {@link org.moxmail.dmarc.ReportDestinations} verifies where
 * reports may go. Reports themselves are in {@link org.moxmail.dmarc.report}.
 *
 * <pre>{@code
 * Resolver dns = new ZoneResolver().txt("_dmarc.example.org", "v=DMARC1; p=reject; rua=mailto:dmarc@example.org");
 * DmarcVerifier verifier = new DmarcVerifier(dns, DmarcLimits.DEFAULT);
 * DnsName author = DnsName.parse("news.example.org");
 * DnsName signer = DnsName.parse("example.org");
 * DmarcRequest request = DmarcRequest.of(
 *         author,
 *         AuthenticatedDomain.dkim(signer, AuthenticationResult.PASS),
 *         AuthenticatedDomain.mailFrom(DnsName.parse("esp.example.net"), AuthenticationResult.PASS));
 * DmarcOutcome outcome = verifier.verify(request);
 * outcome.result();                        // PASS
 * outcome.dkimAligned();                   // true: example.org is the organizational domain of both
 * outcome.spfAligned();                    // false
 * outcome.published();                     // the record of example.org, with p=reject
 * outcome.disposition();                   // NONE, since it passed
 * }</pre>
 *
 * <p>Values are immutable; verifiers are safe for use by any number of threads.
 */
@NullMarked
package org.moxmail.dmarc;

import org.jspecify.annotations.NullMarked;
