package org.moxmail.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delivers messages over one SMTP or LMTP connection as servers do that have much mail for another: envelope and DATA in one
 * go (PIPELINING, RFC 2920), and each message when the one before is acknowledged.
 */
public final class Delivery implements Worker {
    private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALL = 8 * 1024;

    private final Wire wire;
    private final Plan plan;
    private int next;

    /**
     * What to deliver where.
     *
     * @param target to connect to
     * @param lmtp rather than SMTP
     * @param pipelined rather than a command at a time
     * @param recipients each message goes to one, in turns
     * @param letters what the messages are
     * @param numbers of the next message, of all connections together
     */
    public record Plan(
            Target target,
            boolean lmtp,
            boolean pipelined,
            List<String> recipients,
            Letters letters,
            AtomicLong numbers) {
        public Plan {
            recipients = List.copyOf(recipients);
        }

        /** Clients that deliver so. */
        public Worker.Source clients() {
            return number -> new Delivery(this, number);
        }
    }

    /** @param number of the connection, from 0 */
    public Delivery(Plan plan, int number) throws IOException {
        this.plan = plan;
        next = number % plan.recipients().size();
        wire = new Wire(plan.target(), number, SMALL);
        boolean greeted = false;
        try {
            wire.expect(220);
            wire.send((plan.lmtp() ? "LHLO" : "EHLO") + " client.example.org\r\n");
            wire.expect(250);
            greeted = true;
        } finally {
            if (!greeted) {
                wire.close();
            }
        }
    }

    @Override
    public void once() throws IOException {
        timed();
    }

    /** As {@link #once()}, and tells when the end of the message was about to be sent: {@link System#nanoTime()}. */
    long timed() throws IOException {
        byte[] letter = plan.letters().letter(plan.numbers().getAndIncrement());
        String mail = "MAIL FROM:<ann@example.org>\r\n";
        String recipient =
                "RCPT TO:<" + plan.recipients().get(next++ % plan.recipients().size()) + ">\r\n";
        if (plan.pipelined()) {
            wire.send(mail + recipient + "DATA\r\n");
            wire.expect(250);
            wire.expect(250);
        } else {
            wire.send(mail);
            wire.expect(250);
            wire.send(recipient);
            wire.expect(250);
            wire.send("DATA\r\n");
        }
        wire.expect(354);
        byte[] octets = new byte[letter.length + END.length];
        System.arraycopy(letter, 0, octets, 0, letter.length);
        System.arraycopy(END, 0, octets, letter.length, END.length);
        long begin = System.nanoTime();
        wire.send(octets);
        wire.expect(250);
        return begin;
    }

    @Override
    public void close() throws IOException {
        try (wire) {
            wire.send("QUIT\r\n");
            wire.expect(221);
        }
    }
}
