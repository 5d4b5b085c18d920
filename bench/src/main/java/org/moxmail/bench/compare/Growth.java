package org.moxmail.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.moxmail.bench.load.Delivery;
import org.moxmail.bench.load.Imap;
import org.moxmail.bench.load.Letters;
import org.moxmail.bench.store.GrowthServer;

/**
 * What one command costs in mailboxes of a thousand, a hundred thousand and a million messages: the same server has all
 * three, and they are asked in turns, so that what disturbs one disturbs all. A figure's peer is that of the smallest
 * mailbox. Not safe for many threads.
 */
final class Growth {
    private static final double FLAT = 1 / 1.5;
    private static final double SELECT_MILLIS = 200;
    private static final int NEWEST = 50;

    private final Servers servers;
    private final Pace pace;
    private final Letters letters = new Letters(4096);
    private final Random random = new Random(20261124);
    private List<Figure> smallest = List.of();

    Growth(Servers servers, Pace pace) {
        this.servers = servers;
        this.pace = pace;
    }

    Scenario scenario() {
        List<Metric> metrics = new ArrayList<>();
        for (String title : List.of(
                "Delivery over SMTP",
                "FETCH of the newest " + NEWEST + " (UID FLAGS ENVELOPE)",
                "STORE of a flag",
                "EXPUNGE of one message")) {
            for (int size : larger()) {
                metrics.add(Metric.cost(at(title, size), "ms", Goal.timesThePeer(FLAT)));
            }
        }
        for (int size : larger()) {
            metrics.add(Metric.cost(at("SELECT", size), "ms", Goal.atMost(SELECT_MILLIS)));
        }
        return new Scenario(
                "growth",
                metrics,
                round -> measure(),
                round -> Optional.of(new Scenario.Measured(
                        String.format(
                                Locale.ROOT,
                                "mox at %,d messages",
                                pace.growth().getFirst()),
                        smallest)));
    }

    private List<Integer> larger() {
        return pace.growth().subList(1, pace.growth().size());
    }

    private static String at(String title, int size) {
        return title + String.format(Locale.ROOT, " at %,d messages", size);
    }

    private List<Figure> measure() throws IOException {
        Server server = servers.growth(pace.growth());
        List<Figure> figures = new ArrayList<>();
        List<Figure> ofSmallest = new ArrayList<>();
        List<Mailbox> mailboxes = new ArrayList<>();
        try {
            for (int size : pace.growth()) {
                mailboxes.add(new Mailbox(server, size, mailboxes.size()));
            }
            int times = pace.growthTimes();
            add(mailboxes, Mailbox::deliver, times, figures, ofSmallest);
            for (Mailbox mailbox : mailboxes) {
                mailbox.select();
            }
            add(mailboxes, Mailbox::fetch, times, figures, ofSmallest);
            add(mailboxes, Mailbox::flag, times, figures, ofSmallest);
            add(mailboxes, Mailbox::expunge, times, figures, ofSmallest);
            add(mailboxes, Mailbox::select, Math.max(3, times / 4), figures, ofSmallest);
        } finally {
            for (Mailbox mailbox : mailboxes) {
                mailbox.close();
            }
        }
        smallest = ofSmallest;
        return figures;
    }

    private interface Operation {
        /** How long it took. */
        long nanos(Mailbox mailbox) throws IOException;
    }

    /** Medians: of the larger mailboxes, and of the smallest as many times, so that they stand side by side. */
    private static void add(
            List<Mailbox> mailboxes, Operation operation, int times, List<Figure> figures, List<Figure> ofSmallest)
            throws IOException {
        long[][] nanos = new long[mailboxes.size()][times];
        for (int i = -times / 4; i < times; i++) {
            for (int each = 0; each < mailboxes.size(); each++) {
                long took = operation.nanos(mailboxes.get(each));
                if (i >= 0) {
                    nanos[each][i] = took;
                }
            }
        }
        for (int each = 0; each < nanos.length; each++) {
            Arrays.sort(nanos[each]);
            Figure median = Figure.of(nanos[each][times / 2] / 1e6);
            if (each > 0) {
                figures.add(median);
                ofSmallest.add(Figure.of(nanos[0][times / 2] / 1e6));
            }
        }
    }

    /** One of the mailboxes, with a connection to deliver and one to read. */
    private final class Mailbox implements AutoCloseable {
        private final Delivery delivery;
        private final Imap imap;
        private int exists;
        private boolean flagged;

        Mailbox(Server server, int size, int number) throws IOException {
            String user = GrowthServer.account(size) + "@localhost";
            delivery = new Delivery(server.deliveries(List.of(user), letters), number);
            imap = Imap.login(new Imap.Login(server.imap(), user, Server.PASSWORD), 10 + number, true);
            exists = imap.select("INBOX");
            // What was filled, and what earlier rounds delivered and expunged.
            if (Math.abs(exists - size) > 20 * pace.growthTimes()) {
                throw new IOException(user + " has " + exists + " messages instead of " + size);
            }
        }

        private long time(Imap connection, String command) throws IOException {
            long begin = System.nanoTime();
            connection.command(command);
            return System.nanoTime() - begin;
        }

        long deliver() throws IOException {
            long begin = System.nanoTime();
            delivery.once();
            return System.nanoTime() - begin;
        }

        long select() throws IOException {
            long begin = System.nanoTime();
            exists = imap.select("INBOX");
            return System.nanoTime() - begin;
        }

        long fetch() throws IOException {
            return time(imap, "FETCH " + (exists - NEWEST + 1) + ":" + exists + " (UID FLAGS ENVELOPE)");
        }

        private int any() {
            return 1 + random.nextInt(exists);
        }

        long flag() throws IOException {
            flagged = !flagged;
            return time(imap, "STORE " + any() + (flagged ? " +" : " -") + "FLAGS (\\Answered)");
        }

        long expunge() throws IOException {
            imap.command("STORE " + any() + " +FLAGS.SILENT (\\Deleted)");
            long nanos = time(imap, "EXPUNGE");
            exists--;
            return nanos;
        }

        @Override
        public void close() throws IOException {
            try (imap) {
                delivery.close();
            }
        }
    }
}
