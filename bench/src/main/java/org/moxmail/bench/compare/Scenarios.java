package org.moxmail.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.moxmail.bench.load.Appending;
import org.moxmail.bench.load.Imap;
import org.moxmail.bench.load.Letters;
import org.moxmail.bench.load.LoggingIn;
import org.moxmail.bench.load.Rate;
import org.moxmail.bench.load.Throughput;
import org.moxmail.bench.load.Worker;

/** The rates: delivery, APPEND, logins. */
final class Scenarios {
    private static final int SMALL = 4096;
    private static final int LARGE = 100_000;

    private final Servers servers;
    private final Pace pace;
    private final Path top;
    private final Letters small = new Letters(SMALL);
    private final Letters large = new Letters(LARGE);

    /** @param top the repository's top folder */
    Scenarios(Servers servers, Pace pace, Path top) {
        this.top = top;
        this.servers = servers;
        this.pace = pace;
    }

    /** Those that a run has, in the order to run them in. */
    List<Scenario> all() {
        var mailbox = new LargeMailbox(servers, pace);
        var memory = new Memory(servers, pace);
        var parsing = new Parsing(pace, top);
        return List.of(
                smtp16(),
                smtp100Accounts(),
                smtp1(),
                smtpLarge(),
                append(8, 2),
                append(1, 2),
                mailbox.flags(),
                mailbox.envelope(),
                mailbox.bodyStructure(),
                mailbox.bodies(),
                mailbox.store(),
                mailbox.searchSubject(),
                mailbox.searchText(),
                mailbox.select(),
                login(),
                memory.fanOut(),
                memory.start(),
                memory.plain(),
                memory.tls(),
                parsing.torture(),
                parsing.large());
    }

    /** Those that take so long that a run has them only when they are named. */
    List<Scenario> onDemand() {
        return List.of(new Growth(servers, pace).scenario());
    }

    /** Those that need no server and have a table of their own. */
    List<Scenario> libraries() {
        return new Libraries(pace, top).all();
    }

    private Scenario smtp16() {
        List<String> recipients = List.of(Server.USER);
        return new Scenario(
                "smtp-16",
                List.of(
                        Metric.rate("SMTP, 4 KiB, 16 connections, one account", "/s", Goal.timesThePeer(2)),
                        Metric.cost("… processor time of the server for each message", "ms", Goal.atMost(0.7))),
                round -> withCpu(deliver(servers.mox(), recipients, small, 16, round)),
                round -> measured(servers.postfix(), server -> withCpu(deliver(server, recipients, small, 16, round))));
    }

    private Scenario smtp100Accounts() {
        List<String> recipients = IntStream.range(0, Servers.ACCOUNTS)
                .mapToObj(i -> "u" + i + "@localhost")
                .toList();
        return new Scenario(
                "smtp-16-100",
                List.of(Metric.rate("SMTP, 4 KiB, 16 connections, 100 accounts", "/s", Goal.timesThePeer(2))),
                round -> figure(deliver(servers.many(), recipients, small, 16, round)),
                round -> measured(servers.postfix(), server -> figure(deliver(server, recipients, small, 16, round))));
    }

    private Scenario smtp1() {
        return againstLmtp("smtp-1", "SMTP, 4 KiB, one connection", small, 1, 1);
    }

    private Scenario smtpLarge() {
        return againstLmtp("smtp-100k", "SMTP, 100 KB, 8 connections", large, 8, 1.5);
    }

    private Scenario againstLmtp(String id, String title, Letters letters, int connections, double goal) {
        List<String> recipients = List.of(Server.USER);
        return new Scenario(
                id,
                List.of(Metric.rate(title, "/s", Goal.timesThePeer(goal))),
                round -> figure(deliver(servers.mox(), recipients, letters, connections, round)),
                round -> measured(
                        servers.dovecot(), server -> figure(deliver(server, recipients, letters, connections, round))));
    }

    private Scenario append(int connections, double goal) {
        String title = "APPEND, 4 KiB, " + (connections == 1 ? "one connection" : connections + " connections");
        return new Scenario(
                "append-" + connections,
                List.of(Metric.rate(title, "/s", Goal.timesThePeer(goal))),
                round -> figure(append(servers.mox(), connections, round)),
                round -> measured(servers.dovecot(), server -> figure(append(server, connections, round))));
    }

    private Scenario login() {
        return new Scenario(
                "login",
                List.of(Metric.rate("IMAP logins, 8 at a time", "/s", Goal.atLeast(400))),
                round -> figure(logIn(servers.mox(), round)),
                round -> measured(servers.dovecot(), server -> figure(logIn(server, round))));
    }

    private Rate deliver(Server server, List<String> recipients, Letters letters, int connections, int round)
            throws IOException, InterruptedException {
        return rate(
                server,
                connections,
                round,
                server.deliveries(recipients, letters).clients());
    }

    private Rate append(Server server, int connections, int round) throws IOException, InterruptedException {
        var plan = new Appending.Plan(List.of(server.login()), "INBOX", small, new AtomicLong());
        return rate(server, connections, round, plan.clients());
    }

    private Rate logIn(Server server, int round) throws IOException, InterruptedException {
        Imap.Login login = server.login();
        return rate(server, 8, round, number -> new LoggingIn(login, number));
    }

    private Rate rate(Server server, int clients, int round, Worker.Source source)
            throws IOException, InterruptedException {
        return new Throughput(clients, pace.warmUp(round), pace.measured(), server.process()).measure(source);
    }

    private static List<Figure> figure(Rate rate) {
        return List.of(new Figure(rate.perSecond(), rate.cpuMillis()));
    }

    private static List<Figure> withCpu(Rate rate) {
        return List.of(new Figure(rate.perSecond(), rate.cpuMillis()), Figure.of(rate.cpuMillis()));
    }

    /** What to do with a server. */
    @FunctionalInterface
    interface Use {
        List<Figure> of(Server server) throws IOException, InterruptedException;
    }

    static Optional<Scenario.Measured> measured(Optional<Server> server, Use use)
            throws IOException, InterruptedException {
        return server.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scenario.Measured(server.get().name(), use.of(server.get())));
    }
}
