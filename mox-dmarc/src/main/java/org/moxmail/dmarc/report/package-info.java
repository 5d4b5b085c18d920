/**
 * DMARC's reports: aggregate reports (RFC 9990, and RFC 7489 §7.2 with appendix C) read from mail, written and named; failure
 * reports (RFC 9991, RFC 6591, RFC 5965) read from mail and composed.
 *
 * <pre>{@code
 * ReportMail mail = new ReportMail(ReportLimits.DEFAULT);
 * AggregateReport report = mail.parse(MessageContent.of(octets));
 * report.policy().domain();                // example.com
 * report.rows().getFirst().count();        // 123
 * }</pre>
 *
 * <p>Reports come from anybody: sizes, depth and counts are bounded by {@link org.moxmail.dmarc.report.ReportLimits}, and nothing
 * outside of a report is ever fetched for it. What a report says is its sender's claim, text in it is anybody's.
 *
 * <p>Values are immutable; readers and writers are for one thread.
 */
@NullMarked
package org.moxmail.dmarc.report;

import org.jspecify.annotations.NullMarked;
