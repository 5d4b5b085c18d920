package org.moxmail.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One workload against one server, from the command line. */
public final class Load {
    private static final String USAGE = """
            Load WORKLOAD [--name value ...]
            all:        --host 127.0.0.1 --port N --tls false --pid N (main process of the server: counts its CPU)
            smtp, lmtp: --connections 16 --size 4096 --recipients mox@localhost (or u%@localhost with --accounts 100)
                        --pipelined true
            append:     --connections 8 --size 4096 --user mox@localhost --password moxmoxmox --mailbox INBOX
            fill:       as append, with --messages 10000: makes the mailbox and appends until it has so many
            login:      --connections 8
            fetch:      --items ENVELOPE --mailbox INBOX
            command:    --command 'SEARCH TEXT quokka' --then 'another, in turns' --mailbox INBOX
            idle:       --connections 1000 --deliveries 10 --smtp-port 1025 --recipients mox@localhost
            smtp to command: --warm-up 1 --seconds 5
            """;

    private final Options options;
    private final AtomicLong numbers = new AtomicLong();

    private Load(Options options) {
        this.options = options;
    }

    /** @param arguments the workload and its options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0 || arguments[0].contains("help")) {
            System.out.print(USAGE);
            return;
        }
        System.out.println(arguments[0] + ": " + new Load(new Options(arguments, 1)).run(arguments[0]));
    }

    private Object run(String workload) throws IOException, InterruptedException {
        return switch (workload) {
            case "smtp" -> deliver(false);
            case "lmtp" -> deliver(true);
            case "append" -> append();
            case "fill" -> fill();
            case "login" -> logIn();
            case "fetch" -> repeat("FETCH 1:* " + options.text("items", "ENVELOPE"));
            case "command" -> repeat(options.text("command", "NOOP"));
            case "idle" -> idle();
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private Rate deliver(boolean lmtp) throws IOException, InterruptedException {
        var plan = new Delivery.Plan(
                target(lmtp ? 1024 : 1025),
                lmtp,
                options.flag("pipelined", true),
                many("recipients"),
                letters(),
                numbers);
        return throughput(16).measure(plan.clients());
    }

    private Rate append() throws IOException, InterruptedException {
        var plan = new Appending.Plan(logins(), options.text("mailbox", "INBOX"), letters(), numbers);
        return throughput(8).measure(plan.clients());
    }

    private String fill() throws IOException, InterruptedException {
        int messages = options.number("messages", 10_000);
        String mailbox = options.text("mailbox", "INBOX");
        int connections = options.number("connections", 8);
        Imap.Login login = logins().getFirst();
        Letters letters = letters();
        options.allRead();
        Filling.fill(login, mailbox, messages, connections, letters);
        return mailbox + " has " + messages + " messages";
    }

    private Rate logIn() throws IOException, InterruptedException {
        Imap.Login login = logins().getFirst();
        return throughput(8).measure(number -> new LoggingIn(login, number));
    }

    private Repeated.Times repeat(String command) throws IOException {
        String then = options.text("then");
        String mailbox = options.text("mailbox", "INBOX");
        Duration warmUp = options.seconds("warm-up", 1);
        Duration seconds = options.seconds("seconds", 5);
        Imap.Login login = logins().getFirst();
        ServerProcess server = server();
        options.allRead();
        try (Imap imap = Imap.login(login, 0, true)) {
            System.out.println(mailbox + " has " + imap.select(mailbox) + " messages");
            String[] commands = then == null ? new String[] {command} : new String[] {command, then};
            return Repeated.measure(imap, commands, warmUp, seconds, server);
        }
    }

    private Idling.FanOut idle() throws IOException, InterruptedException {
        int connections = options.number("connections", 1000);
        int deliveries = options.number("deliveries", 10);
        Imap.Login login = logins().getFirst();
        var plan = new Delivery.Plan(
                new Target(address(options.number("smtp-port", 1025)), false),
                false,
                true,
                many("recipients"),
                letters(),
                numbers);
        ServerProcess server = server();
        options.allRead();
        try (Idling idling = Idling.start(login, connections)) {
            if (server != null) {
                System.out.println("resident with them idle: " + server.residentKilobytes() + " kB");
            }
            return idling.fanOut(plan, deliveries);
        }
    }

    private Throughput throughput(int connections) {
        var throughput = new Throughput(
                options.number("connections", connections),
                options.seconds("warm-up", 1),
                options.seconds("seconds", 5),
                server());
        options.allRead();
        return throughput;
    }

    private @Nullable ServerProcess server() {
        int pid = options.number("pid", 0);
        return pid == 0 ? null : new ServerProcess(pid);
    }

    private Letters letters() {
        return new Letters(options.number("size", 4096));
    }

    private Target target(int port) {
        return new Target(address(options.number("port", port)), options.flag("tls", false));
    }

    private InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(options.text("host", "127.0.0.1")), port);
    }

    private List<Imap.Login> logins() {
        Target target = target(1143);
        String password = options.text("password", "moxmoxmox");
        return many("user").stream()
                .map(user -> new Imap.Login(target, user, password))
                .toList();
    }

    /** Addresses, with a percent sign that stands for the account's number. */
    private List<String> many(String name) {
        String pattern = options.text(name, "mox@localhost");
        int accounts = options.number("accounts", 100);
        return pattern.contains("%")
                ? IntStream.range(0, accounts)
                        .mapToObj(i -> pattern.replace("%", Integer.toString(i)))
                        .toList()
                : List.of(pattern);
    }
}
