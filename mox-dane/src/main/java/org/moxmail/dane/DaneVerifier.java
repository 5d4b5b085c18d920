package org.moxmail.dane;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.TlsaRecord;

/**
 * Authenticates a server by TLSA records, RFC 7672 §3: by usage 3 (DANE-EE) its own key or certificate, whatever name and
 * dates are in it; by usage 2 (DANE-TA) one of its issuers, with names, dates and constraints checked. Other usages don't
 * authenticate. Immutable; safe for use by any number of threads.
 */
public final class DaneVerifier {
    private final List<TlsaRecord> records;
    private final Set<DnsName> names;
    private final InstantSource clock;

    /**
     * @param records as {@link TlsaOutcome} has them; which are usable is decided here
     * @param names what the server may be called, for usage 2, RFC 7672 §3.2.2: the base domain of the records, and with a
     *     signed MX lookup also the next-hop domain, with its alias resolved and as it was
     */
    public DaneVerifier(List<TlsaRecord> records, Set<DnsName> names, InstantSource clock) {
        this.records = Usable.of(records);
        this.names = Set.copyOf(names);
        this.clock = clock;
    }

    /**
     * Judges a server.
     *
     * @param chain the certificates that it sent, its own first; at least one
     */
    public DaneOutcome verify(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain without certificates");
        }
        if (records.isEmpty()) {
            return new DaneOutcome(Optional.empty(), "no usable TLSA record");
        }
        List<String> objections = new ArrayList<>();
        for (TlsaRecord record : records) {
            String objection = objection(record, chain);
            if (objection.isEmpty()) {
                return new DaneOutcome(Optional.of(record), "");
            }
            if (!objections.contains(objection)) {
                objections.add(objection);
            }
        }
        return new DaneOutcome(Optional.empty(), String.join("; ", objections));
    }

    private String objection(TlsaRecord record, List<X509Certificate> chain) {
        try {
            if (record.usage() == Usable.DANE_EE) {
                return Usable.matches(record, chain.getFirst())
                        ? ""
                        : "the server's certificate is not that of a TLSA record";
            }
            return new IssuerPath(chain, clock.instant()).objection(record, names);
        } catch (CertificateException e) {
            return "a certificate can't be read: " + e.getMessage();
        } catch (GeneralSecurityException e) {
            return "the chain can't be checked: " + e.getMessage();
        }
    }
}
