package org.moxmail.dmarc.report;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.moxmail.dns.Addresses;
import org.moxmail.dns.SyntaxException;

/**
 * Messages of one source with one outcome: a {@code record} element, RFC 9990 §3.1.1.7. Texts are as the report has them, and empty
 * where it has none.
 *
 * @param sourceIp the client's address
 * @param count messages, at least 0
 * @param disposition what was done with them; empty for words that aren't known
 * @param dkimAligned whether a signature passed that is aligned
 * @param spfAligned whether SPF passed for an aligned domain
 * @param reasons why the policy was not applied
 * @param headerFrom the author's domain
 * @param envelopeFrom the domain of MAIL FROM; empty for a null reverse-path too
 * @param envelopeTo the recipients' domain
 * @param dkim results of signatures
 * @param spf results of SPF; RFC 9990 has one at most
 */
public record ReportRow(
        String sourceIp,
        long count,
        Optional<Disposition> disposition,
        boolean dkimAligned,
        boolean spfAligned,
        List<OverrideReason> reasons,
        String headerFrom,
        String envelopeFrom,
        String envelopeTo,
        List<DkimAuthResult> dkim,
        List<SpfAuthResult> spf) {
    public ReportRow {
        Objects.requireNonNull(sourceIp);
        if (count < 0) {
            throw new IllegalArgumentException("a negative count");
        }
        Objects.requireNonNull(disposition);
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(headerFrom);
        Objects.requireNonNull(envelopeFrom);
        Objects.requireNonNull(envelopeTo);
        dkim = List.copyOf(dkim);
        spf = List.copyOf(spf);
    }

    /** The client's address; empty for a text that is none. */
    public Optional<InetAddress> sourceAddress() {
        try {
            return Optional.of(Addresses.parse(sourceIp));
        } catch (SyntaxException e) {
            return Optional.empty(); // as the method says
        }
    }
}
