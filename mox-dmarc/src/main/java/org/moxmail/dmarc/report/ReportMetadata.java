package org.moxmail.dmarc.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Who reports, and about when, RFC 9990 §3.1.1.3. Texts are empty where a report has none.
 *
 * @param organization {@code org_name}
 * @param email whom to ask
 * @param contact {@code extra_contact_info}
 * @param reportId unique among reports to the same domain
 * @param begin of the time that is reported about, in seconds
 * @param end likewise, the last second that belongs to it
 * @param errors what went wrong with the domain's record; RFC 9990 has one at most, RFC 7489 any number
 * @param generator name and version of the program; RFC 9990 only
 */
public record ReportMetadata(
        String organization,
        String email,
        String contact,
        String reportId,
        Instant begin,
        Instant end,
        List<String> errors,
        String generator) {
    public ReportMetadata {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(email);
        Objects.requireNonNull(contact);
        Objects.requireNonNull(reportId);
        Objects.requireNonNull(begin);
        Objects.requireNonNull(end);
        errors = List.copyOf(errors);
        Objects.requireNonNull(generator);
    }
}
