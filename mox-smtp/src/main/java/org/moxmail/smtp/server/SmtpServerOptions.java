package org.moxmail.smtp.server;

import java.time.Duration;
import java.util.Set;
import org.moxmail.dns.DnsName;
import org.moxmail.smtp.Leniency;

/**
 * What a listener is and offers.
 *
 * @param hostname its name in the greeting and in EHLO's reply
 * @param product the word after {@code ESMTP} in the greeting, without a version
 * @param authRequired mail only from clients that logged in (submission, RFC 6409 §4.3)
 * @param requireTls REQUIRETLS is offered over TLS (RFC 8689)
 * @param futureReleaseMax how long messages can be held back (FUTURERELEASE, RFC 4865: on submission only); zero to not offer
 *     it
 * @param dsn DSN is offered (RFC 3461)
 * @param chunking CHUNKING is offered (RFC 3030 §2)
 * @param binaryMime BINARYMIME is offered (RFC 3030 §3), which goes with CHUNKING only; the service must then keep a message
 *     declared so octet for octet, whatever its line ends
 * @param leniencies what is forgiven
 */
public record SmtpServerOptions(
        DnsName hostname,
        String product,
        boolean authRequired,
        boolean requireTls,
        Duration futureReleaseMax,
        boolean dsn,
        boolean chunking,
        boolean binaryMime,
        Set<Leniency> leniencies) {
    /** The usual bound of FUTURERELEASE, 60 days. */
    public static final Duration FUTURE_RELEASE = Duration.ofDays(60);

    public SmtpServerOptions {
        leniencies = Set.copyOf(leniencies);
        if (futureReleaseMax.isNegative() || futureReleaseMax.toSeconds() > 999_999_999) {
            throw new IllegalArgumentException("future release of " + futureReleaseMax);
        }
        if (binaryMime && !chunking) {
            throw new IllegalArgumentException("BINARYMIME without CHUNKING");
        }
        if (product.isEmpty() || product.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("product");
        }
    }

    /** For a port where other servers bring mail: no login, REQUIRETLS, nothing of FUTURERELEASE, DSN and CHUNKING. */
    public static SmtpServerOptions delivery(DnsName hostname, String product) {
        return new SmtpServerOptions(
                hostname, product, false, true, Duration.ZERO, false, false, false, Leniency.DELIVERY);
    }

    /** For a port where users hand in mail: login required, REQUIRETLS, FUTURERELEASE up to 60 days. */
    public static SmtpServerOptions submission(DnsName hostname, String product) {
        return new SmtpServerOptions(
                hostname, product, true, true, FUTURE_RELEASE, false, false, false, Leniency.SUBMISSION);
    }

    /** The same with or without REQUIRETLS. */
    public SmtpServerOptions withRequireTls(boolean offered) {
        return new SmtpServerOptions(
                hostname, product, authRequired, offered, futureReleaseMax, dsn, chunking, binaryMime, leniencies);
    }

    /** The same with FUTURERELEASE up to {@code max}, or without it when that is zero. */
    public SmtpServerOptions withFutureRelease(Duration max) {
        return new SmtpServerOptions(
                hostname, product, authRequired, requireTls, max, dsn, chunking, binaryMime, leniencies);
    }

    /** The same with DSN. */
    public SmtpServerOptions withDsn() {
        return new SmtpServerOptions(
                hostname, product, authRequired, requireTls, futureReleaseMax, true, chunking, binaryMime, leniencies);
    }

    /** The same with CHUNKING. */
    public SmtpServerOptions withChunking() {
        return new SmtpServerOptions(
                hostname, product, authRequired, requireTls, futureReleaseMax, dsn, true, binaryMime, leniencies);
    }

    /** The same with CHUNKING and BINARYMIME. */
    public SmtpServerOptions withBinaryMime() {
        return new SmtpServerOptions(
                hostname, product, authRequired, requireTls, futureReleaseMax, dsn, true, true, leniencies);
    }

    /** The same with other leniencies. */
    public SmtpServerOptions withLeniencies(Set<Leniency> forgiven) {
        return new SmtpServerOptions(
                hostname, product, authRequired, requireTls, futureReleaseMax, dsn, chunking, binaryMime, forgiven);
    }
}
