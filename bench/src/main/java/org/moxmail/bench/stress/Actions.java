package org.moxmail.bench.stress;

import static org.moxmail.bench.stress.Violation.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.moxmail.imap.ResponseCode;

/** Random commands of one client. */
final class Actions {
    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "\\Deleted", "$one", "$two");
    private static final List<String> ITEMS = List.of(
            "(FLAGS)",
            "(UID FLAGS)",
            "(UID BODY.PEEK[])",
            "(UID ENVELOPE BODYSTRUCTURE)",
            "(UID RFC822.SIZE INTERNALDATE)",
            "(UID BODY[TEXT])",
            "(UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])");
    private static final List<String> KEYS =
            List.of("ALL", "SEEN", "UNSEEN", "DELETED", "KEYWORD $one", "TEXT stress", "SUBJECT stress", "NOT FLAGGED");
    /** A mailbox beyond this is made smaller. */
    private static final int LARGE = 250;

    private final Client client;
    private final RandomGenerator random;
    private final int number;
    private int appended;

    Actions(Client client, int number, RandomGenerator random) {
        this.client = client;
        this.number = number;
        this.random = random;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String shared() {
        return any(client.target.mailboxes());
    }

    private String churned() {
        return "churn/" + random.nextInt(5);
    }

    /** Sends one command, or a few that belong together. */
    void once() throws IOException, InterruptedException {
        Mirror mirror = client.selected();
        if (mirror == null || random.nextInt(60) == 0) {
            open();
            return;
        }
        switch (random.nextInt(20)) {
            case 0 -> append();
            case 1 -> status();
            case 2 -> client.must("NOOP");
            case 3 -> client.idle(random.nextInt(150));
            case 4 -> churn();
            case 5 -> list();
            default -> messages(mirror);
        }
    }

    private void open() throws IOException {
        Mirror before = client.selected();
        if (before != null && random.nextBoolean()) {
            client.deselect(random.nextInt(3) == 0 ? "CLOSE" : "UNSELECT");
            return;
        }
        boolean own = random.nextInt(8) == 0;
        if (!client.select(own ? churned() : shared(), random.nextInt(6) == 0)) {
            check(own, "a mailbox that is there can't be selected");
            return;
        }
        Mirror mirror = client.selected();
        if (mirror != null && mirror.size() > 0 && random.nextInt(5) > 0) {
            fetch(mirror, "1:*", client.condstore ? "(UID FLAGS MODSEQ)" : "(UID FLAGS)");
        }
    }

    private void append() throws IOException {
        String message = "From: <c" + number + "@example.org>\r\nSubject: stress " + number + " " + ++appended
                + "\r\n\r\n" + "Some text of it.\r\n".repeat(random.nextInt(random.nextInt(20) == 0 ? 4000 : 40));
        client.append(shared(), "(" + String.join(" ", flags()) + ")", message);
    }

    private Set<String> flags() {
        Set<String> flags = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            flags.add(any(FLAGS));
        }
        return flags;
    }

    private void status() throws IOException {
        client.must("STATUS " + shared() + " (MESSAGES UIDNEXT UIDVALIDITY UNSEEN"
                + (client.condstore ? " HIGHESTMODSEQ)" : ")"));
    }

    private void list() throws IOException {
        client.must(random.nextBoolean() ? "LIST \"\" *" : "LSUB \"\" *");
    }

    /** Mailboxes that come and go; who is too late is refused. */
    private void churn() throws IOException {
        client.command(
                switch (random.nextInt(4)) {
                    case 0 -> "DELETE " + churned();
                    case 1 -> "RENAME " + churned() + " " + churned();
                    default -> "CREATE " + churned();
                });
    }

    private void messages(Mirror mirror) throws IOException {
        if (mirror.size() == 0) {
            append();
            return;
        }
        boolean uid = random.nextBoolean();
        String set = uid ? uids(mirror) : numbers(mirror);
        if (set.isEmpty()) {
            client.must("NOOP");
            return;
        }
        String prefix = uid ? "UID " : "";
        boolean own = !client.target.mailboxes().contains(mirror.name);
        switch (random.nextInt(own ? 8 : 14)) {
            case 0, 1, 2 -> fetch(mirror, uid, set);
            case 3, 4, 5 -> store(mirror, uid, set);
            case 6, 7 -> search(mirror, uid, own);
            case 8, 9 -> {
                String to = shared();
                if (!to.equals(mirror.name)) {
                    client.copy(prefix + (mirror.readOnly || random.nextBoolean() ? "COPY " : "MOVE ") + set, to);
                }
            }
            case 10 -> {
                if (!mirror.readOnly) {
                    client.command(uid ? "UID EXPUNGE " + set : "EXPUNGE");
                }
            }
            default -> shrink(mirror);
        }
    }

    private void shrink(Mirror mirror) throws IOException {
        if (mirror.size() > LARGE && !mirror.readOnly) {
            client.command("STORE 1:" + (mirror.size() - LARGE / 2) + " +FLAGS (\\Deleted)");
            client.command("EXPUNGE");
        } else {
            append();
        }
    }

    private void fetch(Mirror mirror, boolean uid, String set) throws IOException {
        String items = any(ITEMS);
        if (client.condstore && random.nextInt(4) == 0) {
            boolean since = random.nextBoolean();
            items = "(UID FLAGS MODSEQ)" + (since ? " (CHANGEDSINCE " + (1 + random.nextInt(500)) + ")" : "");
        }
        if (uid) {
            client.command("UID FETCH " + set + " " + items);
        } else {
            fetch(mirror, set, items);
        }
    }

    /** Every message that was asked for is told of, unless the server says that some are gone. */
    private void fetch(Mirror mirror, String set, String items) throws IOException {
        int size = mirror.size();
        Client.Answer answer = client.command("FETCH " + set + " " + items);
        if (!answer.ok() || answer.incomplete() || items.contains("CHANGEDSINCE")) {
            return;
        }
        for (long each : expand(set, size)) {
            check(answer.fetched().contains(each), "nothing was told of message", each);
        }
    }

    private void store(Mirror mirror, boolean uid, String set) throws IOException {
        Edit edit = new Edit(any(List.of("+", "+", "-", "-", "")), flags());
        boolean silent = random.nextInt(3) == 0;
        String unchanged = client.condstore && random.nextInt(4) == 0
                ? " (UNCHANGEDSINCE " + (1 + random.nextInt(2000)) + ")"
                : "";
        // Numbers mean something else after a UID STORE has told of EXPUNGE.
        Set<Long> uids = new HashSet<>();
        for (long each : expand(set, mirror.size())) {
            uids.add(uid ? each : mirror.uid((int) each));
        }
        Client.Answer answer = client.command((uid ? "UID STORE " : "STORE ") + set + unchanged + " " + edit.mode()
                + "FLAGS" + (silent ? ".SILENT " : " ") + edit.list());
        if (silent && answer.ok() && !(answer.tagged().code() instanceof ResponseCode.Modified)) {
            uids.removeAll(answer.flagged());
            uids.forEach(each -> mirror.silent(each, edit));
        } else if (silent && answer.ok()) {
            uids.removeAll(answer.flagged());
            uids.forEach(mirror::forget);
        }
    }

    private void search(Mirror mirror, boolean uid, boolean own) throws IOException {
        Client.Answer answer = client.command((uid ? "UID SEARCH " : "SEARCH ") + any(KEYS));
        if (!answer.ok()) {
            check(own, "a search was refused");
            return;
        }
        if (uid || answer.found().isEmpty()) {
            return;
        }
        // RFC 2180 §4.3: those that are gone needn't be found, even if the client wasn't told.
        check(answer.found().getLast() <= mirror.size(), "a number that isn't in use:", answer.found());
    }

    private static List<Long> expand(String set, int size) {
        List<Long> numbers = new ArrayList<>();
        for (String part : set.split(",")) {
            String[] ends = part.split(":");
            long first = Long.parseLong(ends[0]);
            long last = ends.length == 1 ? first : ends[1].equals("*") ? size : Long.parseLong(ends[1]);
            for (long number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private String numbers(Mirror mirror) {
        int first = 1 + random.nextInt(mirror.size());
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(first);
            case 1 -> first + ":*";
            default -> first + ":" + Math.min(mirror.size(), first + random.nextInt(10));
        };
    }

    private String uids(Mirror mirror) {
        Set<Long> some = new TreeSet<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            long uid = mirror.uid(1 + random.nextInt(mirror.size()));
            if (uid > 0) {
                some.add(uid);
            }
        }
        return some.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
