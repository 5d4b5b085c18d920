package org.moxmail.bench.stress;

import static org.moxmail.bench.stress.Violation.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.FetchValue;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.StatusItem;
import org.moxmail.message.mailbox.UidSet;

/** One client: sends commands and checks each response against what it was told before. */
final class Client implements AutoCloseable {
    /**
     * Whom to torture.
     *
     * @param mailboxes that all clients share
     */
    record Target(InetSocketAddress address, String user, String password, List<String> mailboxes) {
        Target {
            mailboxes = List.copyOf(mailboxes);
        }
    }

    /** What a command brought. */
    record Answer(ImapResponse.Tagged tagged, List<Long> found, Set<Long> fetched, Set<Long> flagged) {
        boolean ok() {
            return tagged.status() == ImapResponse.Status.OK;
        }

        /** The server says that some messages are gone. */
        boolean incomplete() {
            return tagged.code() == ResponseCode.Word.EXPUNGEISSUED;
        }
    }

    private record Lowest(String mailbox, long uidValidity, StatusItem item) {}

    final Target target;
    final boolean condstore;
    private final Truth truth;
    private final Talk talk;
    private final Map<Lowest, Long> lowest = new HashMap<>();
    private @Nullable Mirror selected;

    Client(Target target, Truth truth, boolean condstore) throws IOException {
        this.target = target;
        this.truth = truth;
        this.condstore = condstore;
        talk = new Talk(target.address());
        talk.read();
        must("LOGIN " + target.user() + " " + target.password());
        if (condstore) {
            must("ENABLE CONDSTORE");
        }
    }

    List<String> tail() {
        return talk.tail();
    }

    Truth truth() {
        return truth;
    }

    @Nullable
    Mirror selected() {
        return selected;
    }

    Answer must(String command) throws IOException {
        Answer answer = command(command);
        check(answer.ok(), "refused:", command, answer.tagged());
        return answer;
    }

    Answer command(String command) throws IOException {
        return finish(talk.send(command), command);
    }

    private Answer finish(String tag, String command) throws IOException {
        // RFC 9051 §7.5.1.
        boolean numbered =
                command.startsWith("FETCH ") || command.startsWith("STORE ") || command.startsWith("SEARCH ");
        Taking taking = new Taking(numbered);
        ImapResponse.Tagged tagged = talk.finish(tag, taking);
        taking.code(tagged.code());
        return new Answer(tagged, taking.found, taking.fetched, taking.flagged);
    }

    /** Waits for the server to ask for what follows; empty when it refused instead. */
    private Optional<Answer> continued(String command) throws IOException {
        Taking taking = new Taking(false);
        while (true) {
            ImapResponse response = talk.read();
            if (response instanceof ImapResponse.Continuation) {
                return Optional.empty();
            }
            if (response instanceof ImapResponse.Tagged tagged) {
                check(tagged.status() == ImapResponse.Status.NO, "an odd answer to", command, tagged);
                return Optional.of(new Answer(tagged, List.of(), Set.of(), Set.of()));
            }
            taking.accept(response);
        }
    }

    Answer append(String mailbox, String flags, String message) throws IOException {
        String command = "APPEND " + mailbox + " " + flags + " {" + message.length() + "}";
        String tag = talk.send(command);
        Optional<Answer> refused = continued(command);
        if (refused.isPresent()) {
            return refused.get();
        }
        talk.raw(message + "\r\n");
        Answer answer = finish(tag, command);
        if (answer.tagged().code() instanceof ResponseCode.AppendUid told) {
            check(told.uids().ranges() == 1, "more UIDs than messages:", told);
            long uid = told.uids().left(0);
            truth.content(new Truth.Place(mailbox, told.uidValidity(), uid), message);
            raise(mailbox, told.uidValidity(), StatusItem.UIDNEXT, uid + 1);
        }
        return answer;
    }

    /** Idles for a while, of which everything is heard at its end. */
    void idle(long millis) throws IOException, InterruptedException {
        String tag = talk.send("IDLE");
        if (continued("IDLE").isEmpty()) {
            Thread.sleep(millis);
            talk.raw("DONE\r\n");
            finish(tag, "IDLE");
        }
    }

    boolean select(String mailbox, boolean readOnly) throws IOException {
        Mirror fresh = new Mirror(mailbox, readOnly, truth);
        selected = fresh;
        if (!command((readOnly ? "EXAMINE " : "SELECT ") + mailbox).ok()) {
            selected = null;
            return false;
        }
        check(fresh.uidValidity() > 0, "no UIDVALIDITY");
        return true;
    }

    void deselect(String command) throws IOException {
        must(command);
        selected = null;
    }

    /** What may only grow, as this client sees it. */
    private void raise(String mailbox, long uidValidity, StatusItem item, long value) {
        Lowest key = new Lowest(mailbox, uidValidity, item);
        long before = lowest.getOrDefault(key, 0L);
        if (item == StatusItem.UIDNEXT && value < before) {
            // Only what the server calls so must not fall; a UID is just below of it.
            return;
        }
        lowest.put(key, value);
    }

    private void told(String mailbox, long uidValidity, StatusItem item, long value) {
        long before = lowest.getOrDefault(new Lowest(mailbox, uidValidity, item), 0L);
        check(value >= before, mailbox, item, "fell from", before, "to", value);
        lowest.put(new Lowest(mailbox, uidValidity, item), value);
    }

    /** Takes responses over. */
    private final class Taking implements Consumer<ImapResponse> {
        private final boolean numbered;
        private final List<Long> found = new java.util.ArrayList<>();
        private final Set<Long> fetched = new HashSet<>();
        private final Set<Long> flagged = new HashSet<>();

        Taking(boolean numbered) {
            this.numbered = numbered;
        }

        private Mirror mirror(ImapResponse response) {
            Mirror mirror = selected;
            if (mirror == null) {
                throw new Violation("no mailbox is selected: " + response);
            }
            return mirror;
        }

        @Override
        public void accept(ImapResponse response) {
            switch (response) {
                case ImapResponse.Exists exists -> mirror(exists).exists(exists.count());
                case ImapResponse.Expunge expunge -> {
                    check(!numbered, "EXPUNGE during a command with message numbers");
                    mirror(expunge).expunge(expunge.number());
                }
                case ImapResponse.Fetch fetch -> {
                    long uid = mirror(fetch).fetch(fetch);
                    fetched.add(fetch.number());
                    if (fetch.values().stream().anyMatch(FetchValue.FlagWords.class::isInstance)) {
                        flagged.add(uid);
                    }
                }
                case ImapResponse.Search search -> found(search.numbers());
                case ImapResponse.Condition condition -> code(condition.code());
                case ImapResponse.MailboxStatus status -> status(status);
                case ImapResponse.Vanished vanished -> throw new Violation("VANISHED without QRESYNC");
                default -> {
                    // Nothing that is checked.
                }
            }
        }

        private void found(UidSet numbers) {
            numbers.forEach(number -> {
                check(found.isEmpty() || found.getLast() < number, "numbers that don't ascend:", found, number);
                found.add(number);
            });
        }

        private void status(ImapResponse.MailboxStatus status) {
            Long uidValidity = status.numbers().get(StatusItem.UIDVALIDITY);
            if (uidValidity == null) {
                return;
            }
            status.numbers().forEach((item, value) -> {
                if (item == StatusItem.UIDNEXT || item == StatusItem.HIGHESTMODSEQ) {
                    told(status.mailbox(), uidValidity, item, value);
                }
            });
        }

        private void code(@Nullable ResponseCode code) {
            Mirror mirror = selected;
            if (mirror == null) {
                return;
            }
            if (code instanceof ResponseCode.UidValidity valid) {
                mirror.uidValidity(valid.uidValidity());
            } else if (code instanceof ResponseCode.UidNext next) {
                mirror.uidNext(next.uid());
                if (mirror.uidValidity() > 0) {
                    told(mirror.name, mirror.uidValidity(), StatusItem.UIDNEXT, next.uid());
                }
            } else if (code instanceof ResponseCode.CopyUid copied) {
                copied(mirror, copied);
            }
        }

        private void copied(Mirror mirror, ResponseCode.CopyUid copied) {
            List<Long> from = numbers(copied.source());
            List<Long> to = numbers(copied.destination());
            check(from.size() == to.size(), "COPYUID with different sizes:", copied);
            for (int i = 0; i < from.size(); i++) {
                truth.same(mirror.place(from.get(i)), new Truth.Place(copying, copied.uidValidity(), to.get(i)));
            }
        }
    }

    private String copying = "";

    /** COPY or MOVE to a mailbox. */
    Answer copy(String command, String to) throws IOException {
        copying = to;
        return command(command + " " + to);
    }

    private static List<Long> numbers(SequenceSet set) {
        List<Long> numbers = new java.util.ArrayList<>();
        for (int i = 0; i < set.ranges(); i++) {
            for (long number = set.left(i); number <= set.right(i); number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Asks for everything that it wasn't told yet, now that nobody changes anything. */
    void settle() throws IOException {
        Mirror mirror = selected;
        if (mirror == null) {
            return;
        }
        if (!target.mailboxes().contains(mirror.name)) {
            deselect("UNSELECT");
            return;
        }
        must("NOOP");
        for (int number = mirror.unknown(); number > 0; number = mirror.unknown()) {
            must("FETCH " + number + " (UID FLAGS)");
        }
    }

    @Override
    public void close() throws IOException {
        try (talk) {
            must("LOGOUT");
        }
    }
}
