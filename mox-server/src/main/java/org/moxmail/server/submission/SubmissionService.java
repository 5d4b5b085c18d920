package org.moxmail.server.submission;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.moxmail.dns.DnsName;
import org.moxmail.server.auth.Authenticator;
import org.moxmail.server.auth.LoginExchanges;
import org.moxmail.server.auth.LoginPeer;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.smtp.server.Admission;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpService;

/** Takes mail from users who logged in, RFC 6409. Safe for many threads. */
public final class SubmissionService implements SmtpService {
    private final Authenticator authenticator;
    private final boolean plaintextPasswords;
    private final Submissions submissions;
    private final ReceivedIds ids;

    /**
     * @param host our name in what we add
     * @param plaintextPasswords whether a password may be sent without TLS
     * @param random for message ids
     * @param ids tell a connection's number in logs from its outside form
     */
    public SubmissionService(
            DnsName host,
            Authenticator authenticator,
            boolean plaintextPasswords,
            Directory directory,
            Delivery delivery,
            RequestedFailures failures,
            InstantSource clock,
            SecureRandom random,
            ReceivedIds ids) {
        this.authenticator = authenticator;
        this.plaintextPasswords = plaintextPasswords;
        submissions = new Submissions(host, directory, delivery, failures, clock, random);
        this.ids = ids;
    }

    @Override
    public Admission open(SmtpPeer peer) {
        String cid = ids.cid(peer.id());
        LoginPeer who = new LoginPeer(cid, peer.remote().getAddress(), "submission");
        LoginExchanges exchanges = authenticator.exchanges(who, plaintextPasswords);
        return Admission.admit(new SubmissionSession(peer, cid, exchanges, submissions));
    }
}
