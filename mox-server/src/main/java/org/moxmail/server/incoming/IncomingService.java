package org.moxmail.server.incoming;

import java.time.InstantSource;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;
import org.moxmail.server.trace.ReceivedIds;
import org.moxmail.smtp.server.Admission;
import org.moxmail.smtp.server.SmtpPeer;
import org.moxmail.smtp.server.SmtpService;

/** Takes mail that other servers bring, for our own users. Safe for many threads. */
public final class IncomingService implements SmtpService {
    private final Directory directory;
    private final Delivery delivery;
    private final RequestedFailures failures;
    private final InstantSource clock;
    private final ReceivedIds ids;

    /** @param ids tell a connection's number in logs from its outside form */
    public IncomingService(
            Directory directory, Delivery delivery, RequestedFailures failures, InstantSource clock, ReceivedIds ids) {
        this.directory = directory;
        this.delivery = delivery;
        this.failures = failures;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Admission open(SmtpPeer peer) {
        return Admission.admit(new IncomingSession(peer, ids.cid(peer.id()), directory, delivery, failures, clock));
    }
}
