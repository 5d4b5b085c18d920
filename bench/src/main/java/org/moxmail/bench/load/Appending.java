package org.moxmail.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Appends messages to a mailbox over one IMAP connection, each when the one before is acknowledged. */
public final class Appending implements Worker {
    private final Imap imap;
    private final Plan plan;

    /**
     * What to append where.
     *
     * @param logins connections have one each, in turns
     * @param mailbox that exists
     * @param letters what the messages are
     * @param numbers of the next message, of all connections together
     */
    public record Plan(List<Imap.Login> logins, String mailbox, Letters letters, AtomicLong numbers) {
        public Plan {
            logins = List.copyOf(logins);
        }

        /** Clients that append so. */
        public Worker.Source clients() {
            return number -> new Appending(this, number);
        }
    }

    /** @param number of the connection, from 0 */
    public Appending(Plan plan, int number) throws IOException {
        this.plan = plan;
        imap = Imap.login(plan.logins().get(number % plan.logins().size()), number, false);
    }

    @Override
    public void once() throws IOException {
        imap.append(plan.mailbox(), plan.letters().letter(plan.numbers().getAndIncrement()));
    }

    @Override
    public void close() throws IOException {
        imap.logout();
    }
}
