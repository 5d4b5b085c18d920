package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.time.Timing;

/**
 * Nonsense in every state: nothing but declared ends, nothing left open, and a connection that goes on after a BAD does so
 * in step.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
    private static final long SEED = 20260101;
    private static final int ROUNDS = 400;

    /** What commands are made from. */
    private static final List<String> SEEDS = List.of(
            "LOGIN ann secret",
            "LOGIN {3}\r\nann {6+}\r\nsecret",
            "AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=",
            "AUTHENTICATE PLAIN\r\nAGFubgBzZWNyZXQ=",
            "AUTHENTICATE PLAIN\r\n*",
            "CAPABILITY",
            "NOOP",
            "STARTTLS",
            "ID (\"name\" \"x\" \"version\" NIL)",
            "ENABLE CONDSTORE IMAP4rev2 UTF8=ACCEPT",
            "SELECT INBOX (CONDSTORE)",
            "EXAMINE &ZeVnLIqe-",
            "SELECT Inbox (QRESYNC (1 2 1:3 (1:2 1:2)))",
            "CREATE a/b/c (USE (\\Archive \\Sent))",
            "DELETE a/b/c",
            "RENAME a x/y",
            "RENAME x a",
            "SUBSCRIBE \"q\\\"u\\\\ote\"",
            "UNSUBSCRIBE a",
            "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (% a/*) RETURN (CHILDREN STATUS (MESSAGES UIDNEXT HIGHESTMODSEQ))",
            "LIST \"\" \"\"",
            "LSUB \"\" %",
            "NAMESPACE",
            "STATUS Inbox (MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE RECENT MAILBOXID)",
            "APPEND Inbox (\\Seen work) \"24-Dec-2025 18:00:00 +0100\" {17+}\r\nSubject: x\r\n\r\ny\r\n",
            "APPEND Inbox {5}\r\nhello {5+}\r\nworld",
            "APPEND Inbox UTF8 (~{5+}\r\nhello)",
            "IDLE\r\nDONE",
            "CHECK",
            "CLOSE",
            "UNSELECT",
            "EXPUNGE",
            "UID EXPUNGE 1:*",
            "SEARCH RETURN (MIN MAX COUNT ALL SAVE) CHARSET UTF-8 OR (BODY x NOT SUBJECT y) UID $ 1:* MODSEQ 3",
            "SEARCH TEXT {3+}\r\nabc SENTSINCE 1-Jan-2020 LARGER 10",
            "UID SEARCH NOT KEYWORD work OLDER 100 SAVEDBEFORE 1-Jan-2030",
            "FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY[] BODY.PEEK[1.MIME] BINARY[1]<1.2> BINARY.SIZE[])",
            "FETCH 1 (BODY[HEADER.FIELDS (Subject \"x\")]<0.10> RFC822 PREVIEW (LAZY) EMAILID SAVEDATE)",
            "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5 VANISHED)",
            "STORE 1:2 (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Deleted $Junk new)",
            "UID STORE * FLAGS ()",
            "COPY 1 Trash",
            "UID MOVE 1:* Archive");

    /** Where the client is when the nonsense begins. */
    enum State {
        CONNECTED,
        AUTHENTICATED,
        SELECTED
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void nonsenseIsAnsweredAndTheConnectionStaysInStep(State state) throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        ImapEvents events = new ImapEvents() {
            @Override
            public void failed(ImapPeer peer, String command, Throwable cause) {
                failures.add(cause);
            }
        };
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
            List<String> sent = new ArrayList<>();
            try (TestServer server = new TestServer(
                    backend, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, Timing.system(), events)) {
                LineClient client = server.connect();
                prepare(client, state);
                for (int i = 0; i < 12; i++) {
                    String command = mutate(random, "t" + i + " " + SEEDS.get(random.nextInt(SEEDS.size())));
                    sent.add(command);
                    if (!survives(client, command, "z" + i)) {
                        break;
                    }
                }
                client.finish();
                String left = client.read();
                while (left != null) {
                    left = client.read();
                }
                server.join();
            }
            if (!failures.isEmpty()) {
                fail("round " + round + " after " + sent, failures.getFirst());
            }
            assertEquals(0, backend.openHandles(), () -> "open handles after " + sent);
        }
    }

    private static void prepare(LineClient client, State state) throws IOException {
        client.read();
        client.command("p NOOP");
        if (state != State.CONNECTED) {
            client.command("p LOGIN ann secret");
            for (int i = 0; i < 3; i++) {
                client.raw("p APPEND Inbox {17+}\r\nSubject: x\r\n\r\ny\r\n\r\n");
                client.answer("p");
            }
        }
        if (state == State.SELECTED) {
            client.command("p SELECT Inbox");
        }
    }

    /**
     * Sends a mutated command and then one that can't be mistaken. It is answered, unless the server has closed the
     * connection; a mutated announcement of a literal may have swallowed it, so it is sent with enough behind it.
     */
    private static boolean survives(LineClient client, String command, String tag) throws IOException {
        try {
            client.raw(command + "\r\n");
            // Ends what the mutation may have left open: an exchange, IDLE, a literal that was announced.
            client.raw("\r\nDONE\r\n");
            client.raw(tag + " NOOP\r\n");
        } catch (IOException e) {
            return false;
        }
        String octets = command + tag;
        boolean announced = octets.contains("{");
        if (announced) {
            // How much is swallowed isn't known: only the end of the connection is looked at.
            return false;
        }
        String answer = client.answer(tag);
        return answer.contains(tag + " OK");
    }

    private static String mutate(Random random, String command) {
        StringBuilder text = new StringBuilder(command);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(256));
                case 2 -> text.setCharAt(at, "(){}[]\"\\ *%$<>,:+~\r\n\0".charAt(random.nextInt(21)));
                case 3 -> text.insert(at, random.nextInt(3) == 0 ? "4294967296" : String.valueOf(random.nextInt(99)));
                case 4 -> {
                    String other = SEEDS.get(random.nextInt(SEEDS.size()));
                    text.replace(at, text.length(), other.substring(random.nextInt(other.length())));
                }
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }
}
