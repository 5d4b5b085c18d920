/**
 * SMTP TLS reporting, RFC 8460: where a domain wants to hear how TLS with its mail servers went, and the reports that say it.
 *
 * <pre>{@code
 * TlsRptOutcome wanted = TlsRptOutcome.lookup(dns, DnsName.parse("example.net"));
 * wanted.record().orElseThrow().reportUris();                 // [mailto:tls@example.net]
 * TlsPolicy policy = TlsPolicy.noPolicyFound(DnsName.parse("example.net"));
 * FailureDetail expired = FailureDetail.of(ResultType.CERTIFICATE_EXPIRED).withReceivingMx("mx.example.net");
 * TlsResults results = new TlsResults()
 *         .add(policy, 1, 0)                                  // a session that went well, and one that did not
 *         .add(policy, 0, 1, expired);
 * DateRange day = DateRange.of(LocalDate.of(2026, 11, 24));
 * TlsReport report = new TlsReport("Example", day, "tls@example.org", "2026-11-24.1", results.policies());
 * TlsReport read = TlsReport.parse(report.print(), TlsReportLimits.DEFAULT);
 * read.policies().getFirst().failedSessions();                // 1
 * }</pre>
 *
 * <p>{@link org.moxmail.tlsrpt.TlsReportMail} finds the report in a mail, and composes a mail with one.
 *
 * <p>Reports come from anybody: sizes, depth and counts are bounded by {@link org.moxmail.tlsrpt.TlsReportLimits}. What a report
 * says is its sender's claim, text in it is anybody's; that its mail has a DKIM signature of the reporting domain, as RFC 8460
 * §3 demands, is for the caller to see to.
 *
 * <p>Values are immutable and safe for use by any number of threads.
 */
@NullMarked
package org.moxmail.tlsrpt;

import org.jspecify.annotations.NullMarked;
