package org.moxmail.mtasts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.moxmail.dns.Answer;
import org.moxmail.dns.DnsName;
import org.moxmail.dns.RecordType;
import org.moxmail.dns.Resolver;
import org.moxmail.dns.SyntaxException;
import org.moxmail.time.Timing;

/**
 * Fetches policies over HTTPS as RFC 8461 §3.3 says: from {@code mta-sts.<domain>}, whose certificate must be good for that
 * name by a DNS-ID, with no redirects, and nothing but 200 counts.
 *
 * <p>It speaks HTTP by itself, because the JDK's client looks names up by other means than the resolver, accepts names in a
 * certificate's subject, and does not bound the time of a response's body. Everything takes {@link FetchLimits#total} at most.
 */
public final class HttpsPolicyFetcher implements PolicyFetcher {
    private static final int HTTPS = 443;
    private static final String PATH = "/.well-known/mta-sts.txt";
    private static final int SAN_DNS_NAME = 2;

    private final Resolver resolver;
    private final Dialer dialer;
    private final SSLContext tls;
    private final Timing timing;
    private final ThreadFactory threads;
    private final FetchLimits limits;

    /**
     * @param tls whose trust manager knows the roots; certificates are checked for the policy host's name with it
     * @param threads makes the thread that watches the time of each fetch
     */
    public HttpsPolicyFetcher(
            Resolver resolver,
            Dialer dialer,
            SSLContext tls,
            Timing timing,
            ThreadFactory threads,
            FetchLimits limits) {
        this.resolver = resolver;
        this.dialer = dialer;
        this.tls = tls;
        this.timing = timing;
        this.threads = threads;
        this.limits = limits;
    }

    @Override
    public PolicyOutcome fetch(DnsName domain) throws InterruptedException {
        long start = timing.nanoTime();
        DnsName host;
        try {
            host = domain.child("mta-sts");
        } catch (SyntaxException e) {
            return PolicyOutcome.failed(PolicyStatus.NOT_FOUND, "the domain's name is too long for a policy host");
        }
        List<InetAddress> addresses = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        collect(resolver.lookup(host, RecordType.AAAA), addresses, failures);
        collect(resolver.lookup(host, RecordType.A), addresses, failures);
        if (addresses.isEmpty()) {
            return failures.isEmpty()
                    ? PolicyOutcome.failed(PolicyStatus.NOT_FOUND, "no address for " + host.ascii())
                    : PolicyOutcome.failed(PolicyStatus.FETCH_ERROR, host.ascii() + ": " + failures.getFirst());
        }
        PolicyOutcome outcome = PolicyOutcome.failed(PolicyStatus.FETCH_ERROR, "no time left");
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), limits.addresses()))) {
            Duration left = limits.total().minusNanos(timing.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            try {
                return fetch(host, address, left);
            } catch (SSLException e) {
                outcome = PolicyOutcome.failed(tlsStatus(e), at(host, address) + e.getMessage());
            } catch (IOException e) {
                outcome = PolicyOutcome.failed(PolicyStatus.FETCH_ERROR, at(host, address) + e.getMessage());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return outcome;
    }

    private static <R extends InetAddress> void collect(
            Answer<R> answer, List<InetAddress> addresses, List<String> failures) {
        addresses.addAll(answer.records());
        if (answer instanceof Answer.Failed<R> failed) {
            failures.add(failed.detail());
        }
    }

    private static String at(DnsName host, InetAddress address) {
        return host.ascii() + " (" + address.getHostAddress() + "): ";
    }

    private PolicyOutcome fetch(DnsName host, InetAddress address, Duration left) throws IOException {
        Duration connect = left.compareTo(limits.connect()) < 0 ? left : limits.connect();
        long start = timing.nanoTime();
        try (Socket plain = dialer.dial(new InetSocketAddress(address, HTTPS), connect)) {
            Expiry expiry = new Expiry(plain, left.minusNanos(timing.nanoTime() - start), timing);
            threads.newThread(expiry).start();
            try (expiry) {
                return exchange(host, plain);
            } catch (IOException e) {
                throw expiry.expired() ? new InterruptedIOException("no complete answer in time") : e;
            }
        }
    }

    private PolicyOutcome exchange(DnsName host, Socket plain) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host.ascii(), HTTPS, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName(host.ascii())));
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (!hasDnsId(socket.getSession())) {
                return PolicyOutcome.failed(
                        PolicyStatus.CERTIFICATE_INVALID, host.ascii() + ": the certificate has no DNS name");
            }
            socket.getOutputStream().write(HttpResponseReader.request(host.ascii(), PATH));
            socket.getOutputStream().flush();
            return read(host, new BufferedInputStream(socket.getInputStream()));
        }
    }

    private PolicyOutcome read(DnsName host, BufferedInputStream in) throws IOException {
        HttpResponseReader response = new HttpResponseReader(in, limits.headerBytes(), limits.policyBytes());
        int status = response.status();
        if (status != 200) {
            return PolicyOutcome.failed(
                    status == 404 ? PolicyStatus.NOT_FOUND : PolicyStatus.FETCH_ERROR,
                    host.ascii() + ": HTTP status " + status);
        }
        if (!response.mediaType().isEmpty() && !response.mediaType().equals("text/plain")) {
            return PolicyOutcome.failed(
                    PolicyStatus.FETCH_ERROR,
                    host.ascii() + ": media type " + response.mediaType() + ", not text/plain");
        }
        Optional<byte[]> body = response.body();
        if (body.isEmpty()) {
            return PolicyOutcome.failed(
                    PolicyStatus.POLICY_INVALID,
                    host.ascii() + ": a policy of more than " + limits.policyBytes() + " octets");
        }
        try {
            return PolicyOutcome.ofText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.get()))
                    .toString());
        } catch (CharacterCodingException e) {
            return PolicyOutcome.failed(PolicyStatus.POLICY_INVALID, host.ascii() + ": a policy that is no UTF-8");
        }
    }

    /** JSSE matches the subject's common name when there is no DNS-ID; the standard doesn't. */
    private static boolean hasDnsId(SSLSession session) throws SSLException {
        Certificate[] chain = session.getPeerCertificates();
        try {
            Collection<List<?>> names = ((X509Certificate) chain[0]).getSubjectAlternativeNames();
            return names != null
                    && names.stream().anyMatch(name -> name.getFirst().equals(SAN_DNS_NAME));
        } catch (CertificateException e) {
            throw new SSLException("the certificate's names can't be read", e);
        }
    }

    private static PolicyStatus tlsStatus(SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return PolicyStatus.CERTIFICATE_INVALID;
            }
        }
        return PolicyStatus.FETCH_ERROR;
    }
}
