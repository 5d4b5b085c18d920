package org.moxmail.bench.compare;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.moxmail.bench.load.Delivery;
import org.moxmail.bench.load.Imap;
import org.moxmail.bench.load.Letters;
import org.moxmail.bench.load.ServerProcess;
import org.moxmail.bench.load.Target;

/**
 * A server that runs.
 *
 * @param name of it
 * @param process its main one
 * @param delivery where it takes mail
 * @param lmtp whether that is LMTP rather than SMTP
 * @param imap where it serves IMAP
 * @param imaps where it serves IMAP with TLS
 * @param stop ends it
 */
record Server(String name, ServerProcess process, Target delivery, boolean lmtp, Target imap, Target imaps, Stop stop)
        implements AutoCloseable {
    static final String USER = "mox@localhost";
    static final String PASSWORD = "moxmoxmox";
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Ends a server. */
    @FunctionalInterface
    interface Stop {
        void run() throws IOException;
    }

    Imap.Login login() {
        return new Imap.Login(imap, USER, PASSWORD);
    }

    Imap.Login tlsLogin() {
        return new Imap.Login(imaps, USER, PASSWORD);
    }

    Delivery.Plan deliveries(List<String> recipients, Letters letters) {
        return new Delivery.Plan(delivery, lmtp, true, recipients, letters, NUMBERS);
    }

    @Override
    public void close() throws IOException {
        stop.run();
    }
}
