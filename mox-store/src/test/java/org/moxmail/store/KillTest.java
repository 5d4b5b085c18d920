package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** Kills a process that writes to two accounts, again and again, and looks for what it had acknowledged. */
final class KillTest {
    private static final int ROUNDS = 10;
    private static final int WRITERS = 4;
    private static final List<String> ACCOUNTS = List.of("one", "two");

    @TempDir
    Path temporary;

    /** What the child said it did: delivered and not expunged, by account and message id. */
    private final Map<String, String> delivered = new HashMap<>();

    /** Expunges that the child began and, if said, ended. */
    private final Map<String, Boolean> expunged = new HashMap<>();

    @Test
    void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
        Path data = temporary.resolve("data");
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Process child = ChildProcess.start(Writer.class, data.toString(), String.valueOf(round));
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                int until = 20 + random.nextInt(40);
                for (int i = 0; i < until; i++) {
                    note(lines.readLine());
                }
                // Not the process's own method, which closes its streams.
                child.toHandle().destroyForcibly();
                // What it had said before it died counts too; the last line may be cut off.
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.endsWith(".")) {
                        note(line);
                    }
                }
            }
            assertNotEquals(0, child.waitFor());
            check(data, round);
        }
    }

    private void note(String line) {
        assertTrue(line != null && line.endsWith("."), () -> "the child ended: " + line);
        String[] words = line.substring(0, line.length() - 1).split(" ");
        String message = words[1] + " " + words[2];
        switch (words[0]) {
            case "delivered" -> delivered.put(message, words[3]);
            case "expunging" -> expunged.put(message, false);
            case "expunged" -> expunged.put(message, true);
            default -> throw new AssertionError(line);
        }
    }

    private void check(Path data, int round) throws IOException {
        try (Store store = Store.open(data, Writer.options())) {
            for (String name : ACCOUNTS) {
                try (Account account = store.account(name)) {
                    assertEquals(List.of(), account.verify(), "round " + round);
                    for (Map.Entry<String, String> entry : delivered.entrySet()) {
                        String[] words = entry.getKey().split(" ");
                        Boolean gone = expunged.get(entry.getKey());
                        if (words[0].equals(name) && !Boolean.FALSE.equals(gone)) {
                            long id = Long.parseLong(words[1]);
                            boolean there =
                                    account.read(view -> view.message(id)).isPresent();
                            assertEquals(gone == null, there, "round " + round + " " + entry);
                            if (there) {
                                assertEquals(Writer.text(entry.getValue()), Fixture.content(account, id));
                            }
                        }
                    }
                }
            }
        }
    }

    /** The child. */
    static final class Writer {
        private Writer() {}

        static StoreOptions options() {
            return StoreOptions.standard().withLimits(Fixture.limits());
        }

        static String text(String name) {
            return name.hashCode() % 2 == 0 ? message(name) : large(name);
        }

        private static void say(String line) {
            synchronized (System.out) {
                System.out.println(line + ".");
                System.out.flush();
            }
        }

        public static void main(String[] args) throws Exception {
            Store store = Store.open(Path.of(args[0]), options());
            AtomicInteger numbers = new AtomicInteger();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            step(store, writer, "r" + args[1] + "-" + numbers.incrementAndGet());
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            Thread.currentThread().join();
        }

        private static void step(Store store, int writer, String name) throws IOException {
            try (Spool spool = fill(store.spool(), text(name))) {
                for (String accountName : ACCOUNTS) {
                    try (Account account = store.account(accountName)) {
                        Delivered result = done(account.deliver(
                                spool,
                                new DeliveryRequest(MailboxName.of("w" + writer), "", Flags.NONE, DATE, "", "", name)));
                        String message = accountName + " " + result.message().messageId();
                        say("delivered " + message + " " + name);
                        if (name.hashCode() % 3 == 0) {
                            say("expunging " + message);
                            UidSet uid = UidSet.of(result.message().uid());
                            account.write(view -> {
                                FlagEdit edit = new FlagEdit(FlagEdit.Mode.ADD, flags("\\Deleted"));
                                view.store(result.mailboxId(), uid, edit, -1);
                                return view.expunge(result.mailboxId(), uid);
                            });
                            say("expunged " + message);
                        }
                    }
                }
            }
        }
    }
}
