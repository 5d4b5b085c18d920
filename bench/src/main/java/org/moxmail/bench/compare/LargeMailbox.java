package org.moxmail.bench.compare;

import static org.moxmail.bench.compare.Scenarios.measured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.moxmail.bench.load.Filling;
import org.moxmail.bench.load.Imap;
import org.moxmail.bench.load.Letters;
import org.moxmail.bench.load.Repeated;

/** IMAP commands over all messages of a large mailbox. Not safe for many threads. */
final class LargeMailbox {
    private static final String MAILBOX = "Large";
    private static final int CONNECTIONS = 16;

    private final Servers servers;
    private final Pace pace;
    private final Letters letters = new Letters(4096);
    private final Set<Server> filled = new HashSet<>();

    LargeMailbox(Servers servers, Pace pace) {
        this.servers = servers;
        this.pace = pace;
    }

    Scenario flags() {
        return fetch("fetch-flags", "FLAGS", Goal.timesThePeer(1 / 1.5));
    }

    Scenario envelope() {
        return fetch("fetch-envelope", "ENVELOPE", Goal.timesThePeer(1));
    }

    Scenario bodyStructure() {
        return fetch("fetch-bodystructure", "BODYSTRUCTURE", Goal.timesThePeer(1));
    }

    Scenario bodies() {
        return fetch("fetch-bodies", "BODY.PEEK[]", Goal.timesThePeer(1));
    }

    private Scenario fetch(String id, String items, Goal goal) {
        return scenario(id, "FETCH 1:* " + items, goal, "FETCH 1:* " + items);
    }

    Scenario store() {
        return scenario(
                "store",
                "STORE 1:* ±FLAGS (\\Flagged)",
                Goal.timesThePeer(1),
                "STORE 1:* +FLAGS (\\Flagged)",
                "STORE 1:* -FLAGS (\\Flagged)");
    }

    Scenario searchSubject() {
        return scenario(
                "search-subject",
                "SEARCH SUBJECT",
                Goal.timesThePeer(1 / 1.5),
                "SEARCH SUBJECT " + Letters.RARE_SUBJECT);
    }

    Scenario searchText() {
        return scenario("search-text", "SEARCH TEXT", Goal.timesThePeer(2), "SEARCH TEXT " + Letters.RARE);
    }

    Scenario select() {
        return scenario("select", "SELECT", Goal.NONE, "SELECT " + MAILBOX);
    }

    private Scenario scenario(String id, String title, Goal goal, String... commands) {
        return new Scenario(
                id,
                List.of(Metric.cost(title + String.format(Locale.ROOT, ", %,d messages", pace.messages()), "ms", goal)),
                round -> repeat(servers.mox(), round, commands),
                round -> measured(servers.dovecot(), server -> repeat(server, round, commands)));
    }

    private List<Figure> repeat(Server server, int round, String... commands) throws IOException, InterruptedException {
        fill(server);
        try (Imap imap = Imap.login(server.login(), 0, true)) {
            int exists = imap.select(MAILBOX);
            if (exists != pace.messages()) {
                throw new IOException(server.name() + " has " + exists + " messages instead of " + pace.messages());
            }
            if (round == 0) {
                checkAnswer(server, imap, commands[0]);
            }
            Repeated.Times times = Repeated.measure(
                    imap, commands, pace.warmUp(round), pace.measured().dividedBy(2), server.process());
            return List.of(new Figure(times.medianMillis(), times.cpuMillis()));
        }
    }

    /** A figure is worth something only when the answer is whole. */
    private void checkAnswer(Server server, Imap imap, String command) throws IOException {
        if (command.startsWith("SELECT")) {
            return;
        }
        long expected = command.startsWith("SEARCH") ? pace.messages() / 100 : pace.messages();
        long got = command.startsWith("SEARCH") ? imap.found(command) : imap.fetched(command);
        if (got != expected) {
            throw new IOException(server.name() + " answered " + got + " instead of " + expected + ": " + command);
        }
    }

    private void fill(Server server) throws IOException, InterruptedException {
        if (!filled.add(server)) {
            return;
        }
        Optional<Path> maildir = servers.maildir(server, MAILBOX);
        if (maildir.isPresent()) {
            try (Imap imap = Imap.login(server.login(), 0, false)) {
                imap.command("CREATE " + MAILBOX);
            }
            write(maildir.get().resolve("cur"));
        } else {
            Filling.fill(server.login(), MAILBOX, pace.messages(), CONNECTIONS, letters);
        }
    }

    /** A Maildir can be filled from outside, which is quicker; the names are those that Dovecot itself would choose. */
    private void write(Path cur) throws IOException {
        for (int i = 0; i < pace.messages(); i++) {
            byte[] letter = letters.letter(i);
            Files.write(
                    cur.resolve(String.format(
                            Locale.ROOT, "17800000%05d.M1P1.bench,S=%d,W=%d:2,S", i, letter.length, letter.length)),
                    letter);
        }
    }
}
