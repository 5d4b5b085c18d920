package org.moxmail.imap.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.FetchValue;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.SearchKey;
import org.moxmail.imap.SectionSpec;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.StatusItem;
import org.moxmail.imap.testing.MemoryBackend;
import org.moxmail.imap.testing.SocketPair;
import org.moxmail.imap.testing.TestServer;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

/** The README's example, and a client and the engine in one conversation. */
class ReadmeTest {
    private static final String MESSAGE = "From: a@example.org\r\nSubject: hello\r\n\r\nhi\r\n";

    private interface Work {
        void with(Socket socket) throws Exception;
    }

    private static void served(Work work) throws Exception {
        Timing timing = FakeTiming.at("2026-01-01T00:00:00Z");
        MemoryBackend backend = new MemoryBackend(timing).user("user@example.org", "secret");
        try (TestServer server = new TestServer(backend, timing)) {
            work.with(server.connect(new SocketPair(timing)));
        }
    }

    private static MessageContent message() {
        return MessageContent.of(MESSAGE.getBytes(StandardCharsets.US_ASCII));
    }

    static List<ImapResponse.Fetch> example(Socket socket) throws IOException, ImapRefusal {
        // example
        try (ImapClient client = new ImapClient(ImapStreams.of(socket), ImapLimits.CLIENT)) {
            client.login("user@example.org", "secret");
            client.append("INBOX", Flags.NONE, message());
            client.select("INBOX");
            UidSet unseen = client.search(true, SearchKey.hasNot(Flags.of(Flags.SEEN)));
            var envelopes = client.fetch(true, SequenceSet.of(unseen), List.of(FetchItem.Attribute.ENVELOPE));
            client.logout();
            return envelopes;
        }
        // end
    }

    @Test
    void theExampleFetchesTheMessage() throws Exception {
        served(socket -> {
            List<ImapResponse.Fetch> fetched = example(socket);
            FetchValue.Envelope envelope = fetched.get(0).values().stream()
                    .filter(FetchValue.Envelope.class::isInstance)
                    .map(FetchValue.Envelope.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertEquals("hello", envelope.envelope().subject());
        });
    }

    @Test
    void theReadmeHasTheExampleAsItIsTested() throws IOException {
        Path here = Path.of("src/test/java/org/moxmail/imap/client/ReadmeTest.java");
        String source = Files.readString(here);
        String example = source.substring(source.indexOf("// example\n") + 11, source.indexOf("        // end\n"));
        assertTrue(Files.readString(Path.of("README.md"))
                .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```\n"));
    }

    @Test
    void aSessionWithTheEngine() throws Exception {
        served(socket -> {
            try (ImapClient client = new ImapClient(ImapStreams.of(socket), ImapLimits.CLIENT)) {
                client.login("user@example.org", "secret");
                client.enable("IMAP4rev2", "CONDSTORE");
                client.create("Büro/& co");
                assertEquals(
                        Set.of("Büro", "Büro/& co"),
                        Set.copyOf(client.list("", "B*").stream()
                                .map(entry -> entry.mailbox())
                                .toList()));
                long uid = client.append("Büro/& co", Flags.of(Flags.FLAGGED), message())
                        .orElseThrow()
                        .uids()
                        .left(0);
                OpenMailbox box = client.select("Büro/& co");
                assertEquals(1, box.exists());
                List<String> bodies = new ArrayList<>();
                client.fetch(
                        new ImapCommand.Fetch(
                                true,
                                SequenceSet.of(uid),
                                List.of(
                                        FetchItem.Attribute.BODYSTRUCTURE,
                                        new FetchItem.Section(SectionSpec.MESSAGE, null, true))),
                        new FetchVisitor() {
                            @Override
                            public void literal(
                                    long number,
                                    List<FetchValue> before,
                                    FetchValue value,
                                    long size,
                                    InputStream octets)
                                    throws IOException {
                                bodies.add(new String(octets.readAllBytes(), StandardCharsets.US_ASCII));
                            }

                            @Override
                            public void message(ImapResponse.Fetch fetch) {
                                assertEquals(1, fetch.number());
                            }
                        });
                assertEquals(List.of(MESSAGE), bodies);
                client.store(true, SequenceSet.of(uid), new FlagEdit(FlagEdit.Mode.ADD, Flags.of(Flags.DELETED)));
                assertEquals(UidSet.of(uid), client.search(true, new SearchKey.HasFlag(Flags.of(Flags.DELETED))));
                client.copy(true, SequenceSet.of(uid), "INBOX");
                assertEquals(List.of(1L), ImapClient.expunged(client.expunge()));
                long inInbox = Objects.requireNonNull(
                        client.status("INBOX", StatusItem.MESSAGES).numbers().get(StatusItem.MESSAGES));
                assertEquals(1, inInbox);
                client.logout();
            }
        });
    }
}
