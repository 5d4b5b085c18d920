package org.moxmail.bench.stress;

import static org.moxmail.bench.stress.Violation.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.MoxServer;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.log.LogLevel;
import org.moxmail.server.log.Logging;
import org.moxmail.store.Account;
import org.moxmail.store.Finding;

/**
 * Tortures an IMAP server: {@code [--seconds N] [--clients N] [--seed S] [--address host:port [--user U] [--password P]]}.
 * Without an address a server of ours in this process, whose store is verified afterwards. Ends with 1 when a rule was
 * broken; the seed and the end of the conversation are printed then.
 */
public final class Stress {
    private static final List<String> MAILBOXES = List.of("stress/a", "stress/b", "stress/c");
    /** After each of these everybody falls silent, and what they think is compared. */
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Client.Target target;
    private final int clients;
    private final long seed;
    private final Truth truth = new Truth();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicLong commands = new AtomicLong();

    private Stress(Client.Target target, int clients, long seed) {
        this.target = target;
        this.clients = clients;
        this.seed = seed;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Set<String> known = Set.of("--seconds", "--clients", "--seed", "--address", "--user", "--password");
        if (arguments.length % 2 != 0 || !known.containsAll(options.keySet())) {
            System.err.println("usage: bench/stress [--seconds N] [--clients N] [--seed S]"
                    + " [--address HOST:PORT [--user USER] [--password PASSWORD]]");
            System.exit(2);
        }
        System.exit(run(options) ? 0 : 1);
    }

    @SuppressWarnings({"try", "ClosingStandardOutputStreams"
    }) // Logging is only to be ended, and leaves the stream open.
    private static boolean run(Map<String, String> options) throws Exception {
        Duration time = Duration.ofSeconds(Long.parseLong(options.getOrDefault("--seconds", "30")));
        int clients = Integer.parseInt(options.getOrDefault("--clients", "16"));
        long seed = Long.parseLong(options.getOrDefault("--seed", Long.toString(System.nanoTime() & 0xffff_ffffL)));
        System.out.println("seed " + seed + ", " + clients + " clients, " + time.toSeconds() + " s");
        String user = options.getOrDefault("--user", Localserve.ADDRESS);
        String password = options.getOrDefault("--password", Localserve.PASSWORD);
        String address = options.get("--address");
        if (address != null) {
            int colon = address.lastIndexOf(':');
            InetSocketAddress at =
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            return new Stress(new Client.Target(at, user, password, MAILBOXES), clients, seed).torture(time);
        }
        Path directory = Files.createTempDirectory("mox-stress");
        try {
            boolean good;
            InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
            try (var logging = Logging.start(System.err, LogLevel.WARN);
                    MoxServer server = MoxServer.start(
                            Localserve.settings(directory, List.of(loopback), Localserve.ANY_PORTS, false),
                            Environment.standard())) {
                Client.Target target = new Client.Target(server.address("imap"), user, password, MAILBOXES);
                good = new Stress(target, clients, seed).torture(time);
            }
            return verified(directory) && good;
        } finally {
            delete(directory);
        }
    }

    private static boolean verified(Path directory) throws Exception {
        try (OfflineData data = OfflineData.open(directory, Environment.standard());
                Account account = data.store().account(Localserve.ACCOUNT)) {
            List<Finding> defects = account.verify();
            defects.forEach(defect -> System.out.println("the store: " + defect));
            return defects.isEmpty();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private boolean torture(Duration time) throws Exception {
        List<Client> connected = new ArrayList<>();
        List<Actions> actions = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Client client = new Client(target, truth, i % 2 == 0);
            connected.add(client);
            actions.add(new Actions(client, i, new Random(seed + i)));
        }
        for (String mailbox : target.mailboxes()) {
            connected.getFirst().command("CREATE " + mailbox);
        }
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!failed.get() && System.nanoTime() < end) {
                long until = Math.min(end, System.nanoTime() + ROUND.toNanos());
                all(threads, connected, client -> act(actions.get(connected.indexOf(client)), until));
                if (!failed.get()) {
                    all(threads, connected, Client::settle);
                }
                if (!failed.get()) {
                    compare(connected);
                }
            }
        }
        System.out.println(commands.get() + " steps, " + (failed.get() ? "a rule was BROKEN" : "no rule broken"));
        if (!failed.get()) {
            for (Client client : connected) {
                client.close();
            }
        }
        return !failed.get();
    }

    private interface Step {
        void run(Client client) throws IOException, InterruptedException;
    }

    private void all(ExecutorService threads, List<Client> connected, Step step)
            throws InterruptedException, ExecutionException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Client client : connected) {
            tasks.add(() -> {
                guarded(client, step);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    private void guarded(Client client, Step step) throws InterruptedException {
        try {
            step.run(client);
        } catch (IOException | RuntimeException e) {
            if (failed.compareAndSet(false, true)) {
                report(client, e);
            }
        }
    }

    private void report(Client client, Exception e) {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + e + "\n");
        client.tail().forEach(line -> text.append("  ").append(line).append('\n'));
        System.out.println(text);
        if (!(e instanceof Violation)) {
            e.printStackTrace(System.out);
        }
    }

    private void act(Actions actions, long until) throws IOException, InterruptedException {
        while (!failed.get() && System.nanoTime() < until) {
            actions.once();
            commands.incrementAndGet();
        }
    }

    /** Nobody changes anything: everybody agrees with a client that comes just now. */
    private void compare(List<Client> connected) throws IOException, InterruptedException {
        Map<String, Map<Long, Set<String>>> truths = new HashMap<>();
        try (Client fresh = new Client(target, truth, false)) {
            guarded(fresh, client -> {
                for (String mailbox : target.mailboxes()) {
                    client.select(mailbox, true);
                    Mirror mirror = client.selected();
                    if (mirror != null) {
                        if (mirror.size() > 0) {
                            client.must("FETCH 1:* (UID FLAGS)");
                        }
                        truths.put(mailbox, mirror.messages());
                    }
                }
            });
        }
        for (Client each : connected) {
            guarded(each, client -> {
                Mirror mirror = client.selected();
                if (mirror != null) {
                    Map<Long, Set<String>> expected = truths.getOrDefault(mirror.name, Map.of());
                    Map<Long, Set<String>> seen = mirror.messages();
                    check(
                            expected.keySet().equals(seen.keySet()),
                            mirror.name,
                            "has",
                            expected.keySet(),
                            "seen",
                            seen.keySet());
                    expected.forEach((uid, flags) ->
                            check(flags.equals(seen.get(uid)), mirror.name, uid, "has", flags, "seen", seen.get(uid)));
                }
            });
        }
    }
}
