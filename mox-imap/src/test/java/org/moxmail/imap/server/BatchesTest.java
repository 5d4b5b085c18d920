package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.testing.LineClient;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.time.testing.FakeTiming;

/** Commands on more messages than one write may change. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchesTest {
    private static final int BATCH = 3;

    private final FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
    private final MemoryBackend backend = new MemoryBackend(timing).user("ann", "secret");
    private final TestServer server = new TestServer(
            backend,
            ImapOptions.DEFAULT,
            ImapServerLimits.DEFAULT.withWriteBatch(BATCH),
            null,
            timing,
            ImapEvents.NONE);
    private LineClient client;

    @BeforeEach
    void fill() throws IOException {
        client = server.connect();
        client.read();
        client.command("a LOGIN ann secret");
        client.command("a CREATE other");
        for (int i = 0; i < 8; i++) {
            client.raw("a APPEND Inbox {2+}\r\nx" + i + "\r\n");
            assertTrue(client.answer("a").contains("a OK"));
        }
        client.command("a SELECT Inbox (CONDSTORE)");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static long count(String answer, String part) {
        return answer.lines().filter(line -> line.contains(part)).count();
    }

    @Test
    void aLargeStoreTellsOfEveryMessage() throws IOException {
        String answer = client.command("b STORE 1:* +FLAGS (\\Flagged)");
        assertEquals(8, count(answer, "FLAGS (\\Flagged)"), answer);
        assertTrue(answer.contains("b OK done"), answer);
        // Several writes: messages of different batches have different mod-sequences.
        List<String> modSeqs = new ArrayList<>();
        answer.lines()
                .filter(line -> line.contains("MODSEQ"))
                .forEach(line -> modSeqs.add(line.replaceAll(".*MODSEQ \\((\\d+)\\).*", "$1")));
        assertEquals(3, modSeqs.stream().distinct().count(), answer);
        // The client was told everything, so nothing is left to tell.
        assertEquals("c OK done", client.command("c NOOP").strip().replace("nothing happened", "done"));
    }

    @Test
    void conflictsOfAllBatchesAreTold() throws IOException {
        client.command("b STORE 2,7 +FLAGS (\\Seen)");
        String fetched = client.command("c FETCH 1 (MODSEQ)");
        long modSeq = Long.parseLong(fetched.replaceAll("(?s).*MODSEQ \\((\\d+)\\).*", "$1")) + 7;
        String answer = client.command("d STORE 1:8 (UNCHANGEDSINCE " + modSeq + ") +FLAGS (\\Flagged)");
        assertTrue(answer.contains("d OK [MODIFIED 2,7]"), answer);
        assertEquals(6, count(answer, "FLAGS (\\Flagged)"), answer);
    }

    @Test
    void aLargeMoveTellsAllNewUidsAtOnce() throws IOException {
        String answer = client.command("b MOVE 1:7 other");
        assertTrue(answer.contains("* OK [COPYUID"), answer);
        assertTrue(answer.contains(" 1:7 1:7] moved"), answer);
        assertEquals(7, count(answer, "EXPUNGE"), answer);
        assertTrue(client.command("c STATUS other (MESSAGES)").contains("MESSAGES 7"));
    }

    @Test
    void aCopyIsWholeOrNotDone() throws IOException {
        String answer = client.command("b COPY 1:4 other");
        assertTrue(answer.startsWith("b NO [LIMIT]"), answer);
        assertTrue(client.command("c STATUS other (MESSAGES)").contains("MESSAGES 0"));
        assertTrue(client.command("d COPY 1:3 other").startsWith("d OK [COPYUID"));
        assertTrue(client.command("e STATUS other (MESSAGES)").contains("MESSAGES 3"));
    }

    @Test
    void batchesCoverTheSetInOrder() {
        UidSet uids = UidSet.of(1, 2, 5, 9, 10, 11, 40);
        UidSet all = UidSet.EMPTY;
        for (UidSet batch : new Batches(uids, BATCH)) {
            assertTrue(batch.size() <= BATCH);
            assertFalse(batch.isEmpty());
            assertTrue(all.isEmpty() || all.max() < batch.min());
            all = all.union(batch);
        }
        assertEquals(uids, all);
        List<UidSet> none = new ArrayList<>();
        new Batches(UidSet.EMPTY, BATCH).forEach(none::add);
        assertEquals(List.of(UidSet.EMPTY), none);
    }
}
