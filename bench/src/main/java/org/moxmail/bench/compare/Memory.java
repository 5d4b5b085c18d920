package org.moxmail.bench.compare;

import static org.moxmail.bench.compare.Scenarios.measured;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.moxmail.bench.load.Idling;
import org.moxmail.bench.load.Imap;
import org.moxmail.bench.load.Letters;

/** What a server needs while little happens, and how soon many hear of a message. */
final class Memory {
    private final Servers servers;
    private final Pace pace;
    private int starts;

    Memory(Servers servers, Pace pace) {
        this.servers = servers;
        this.pace = pace;
    }

    Scenario fanOut() {
        return new Scenario(
                "fan-out",
                List.of(
                        Metric.cost(notices() + ", 99 of 100", "ms", Goal.atMost(50)),
                        Metric.cost("… half of them", "ms", Goal.NONE)),
                round -> {
                    Server server = servers.mox();
                    try (Idling idling = Idling.start(server.login(), pace.idlers())) {
                        var plan = server.deliveries(List.of(Server.USER), new Letters(4096));
                        long warm = System.nanoTime() + pace.warmUp(round).toNanos();
                        do {
                            idling.fanOut(plan, 2);
                        } while (System.nanoTime() - warm < 0);
                        Idling.FanOut result = idling.fanOut(plan, pace.notices());
                        return List.of(Figure.of(result.p99()), Figure.of(result.p50()));
                    }
                },
                round -> Optional.empty());
    }

    private String notices() {
        return "IDLE: delivery to EXISTS on " + pace.idlers() + " connections";
    }

    Scenario start() {
        return new Scenario(
                "start",
                List.of(
                        Metric.cost("Start to listening", "s", Goal.atMost(1.5)),
                        Metric.cost("Resident, idle", "MB", Goal.atMost(150))),
                round -> {
                    String directory = fresh();
                    long begin = System.nanoTime();
                    try (Server server = servers.fresh(directory)) {
                        double seconds = (System.nanoTime() - begin) / 1e9;
                        Thread.sleep(pace.settle());
                        return List.of(
                                Figure.of(seconds), Figure.of(server.process().residentKilobytes() / 1000.0));
                    }
                },
                round -> measured(
                        servers.dovecot(),
                        server -> List.of(
                                Figure.of(Double.NaN),
                                Figure.of(server.process().residentKilobytes() / 1000.0))));
    }

    Scenario plain() {
        return perConnection("memory-plain", "", false, 60);
    }

    Scenario tls() {
        return perConnection("memory-tls", ", TLS", true, 100);
    }

    private Scenario perConnection(String id, String how, boolean tls, double goal) {
        return new Scenario(
                id,
                List.of(Metric.cost(
                        "Resident for each of " + pace.idlers() + " idle connections" + how, "KB", Goal.atMost(goal))),
                round -> {
                    try (Server server = servers.fresh(fresh())) {
                        Thread.sleep(pace.settle());
                        return List.of(Figure.of(grown(server, tls)));
                    }
                },
                round -> Optional.empty());
    }

    private double grown(Server server, boolean tls) throws IOException, InterruptedException {
        long before = server.process().residentKilobytes();
        Imap.Login login = tls ? server.tlsLogin() : server.login();
        try (Idling idling = Idling.start(login, pace.idlers())) {
            Thread.sleep(pace.settle());
            return (double) (server.process().residentKilobytes() - before) / idling.connections();
        }
    }

    private String fresh() {
        return "fresh" + starts++;
    }
}
