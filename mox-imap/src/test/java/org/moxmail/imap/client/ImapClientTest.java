package org.moxmail.imap.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.imap.EsearchResult;
import org.moxmail.imap.FetchItem;
import org.moxmail.imap.FetchValue;
import org.moxmail.imap.IdField;
import org.moxmail.imap.ImapCommand;
import org.moxmail.imap.ImapLimits;
import org.moxmail.imap.ImapProtocolException;
import org.moxmail.imap.ImapResponse;
import org.moxmail.imap.ListEntry;
import org.moxmail.imap.ResponseCode;
import org.moxmail.imap.SearchKey;
import org.moxmail.imap.SearchReturn;
import org.moxmail.imap.SectionSpec;
import org.moxmail.imap.SequenceSet;
import org.moxmail.imap.StatusItem;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.UidSet;

class ImapClientTest {
    private static final String LITERAL_PLUS = "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR] hi\n";
    private static final String PLAIN = "S: * OK [CAPABILITY IMAP4rev1] hi\n";

    private interface Work {
        void with(ImapClient client) throws Exception;
    }

    private static void conversation(String script, Work work) throws Exception {
        ScriptedServer server = new ScriptedServer(script);
        work.with(server.client());
        server.finished();
    }

    // The start

    @Test
    void aGreetingTellsCapabilitiesAndIsAsked() throws Exception {
        conversation(PLAIN, client -> {
            assertFalse(client.preauthenticated());
            assertEquals("hi", client.greeting().text());
            assertTrue(client.has("imap4REV1"));
        });
        conversation("S: * PREAUTH you\nC: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev2 idle\nS: a1 OK x\n", client -> {
            assertTrue(client.preauthenticated());
            assertEquals(Set.of("IMAP4REV2", "IDLE"), client.capabilities());
            assertEquals(Set.of("IMAP4REV2", "IDLE"), client.capabilities());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"* BYE go away", "* NO x", "* BAD x", "+ x", "a1 OK x", "* 1 EXISTS", "220 smtp.example ESMTP"})
    void anythingElseIsNoWelcome(String line) {
        assertThrows(ImapProtocolException.class, () -> new ScriptedServer("S: " + line + "\n").client());
    }

    @Test
    void aServerThatHangsUpIsNoWelcome() {
        assertThrows(EOFException.class, () -> new ScriptedServer("").client());
    }

    // Commands

    @Test
    void loginForgetsCapabilitiesUnlessTheyAreTold() throws Exception {
        conversation(
                PLAIN + "C: a1 LOGIN u \"p w\"\nS: a1 OK x\nC: a2 CAPABILITY\nS: * CAPABILITY A\nS: a2 OK x\n",
                client -> {
                    client.login("u", "p w");
                    assertEquals(Set.of("A"), client.capabilities());
                });
        conversation(PLAIN + "C: a1 LOGIN u p\nS: a1 OK [CAPABILITY B] x\n", client -> {
            client.login("u", "p");
            assertEquals(Set.of("B"), client.capabilities());
        });
    }

    @Test
    void aRefusalCarriesTheReplyAndTheConnectionGoesOn() throws Exception {
        conversation(
                PLAIN + "C: a1 SELECT x\nS: * 3 EXISTS\nS: a1 NO [NONEXISTENT] no such\nC: a2 NOOP\nS: a2 OK x\n",
                client -> {
                    ImapRefusal refusal = assertThrows(ImapRefusal.class, () -> client.select("x"));
                    assertEquals(
                            Optional.of(ResponseCode.Word.NONEXISTENT),
                            refusal.reply().code());
                    assertEquals("NO [NONEXISTENT] no such", refusal.getMessage());
                    assertEquals(
                            1, refusal.reply().all(ImapResponse.Exists.class).size());
                    client.noop();
                });
    }

    @Test
    void executeGivesAnyAnswerAsAValue() throws Exception {
        conversation(PLAIN + "C: a1 CHECK\nS: a1 BAD what\n", client -> {
            Reply reply = client.execute(new ImapCommand.Check());
            assertFalse(reply.ok());
            assertEquals(ImapResponse.Status.BAD, reply.tagged().status());
            assertThrows(IllegalArgumentException.class, () -> client.execute(new ImapCommand.Idle()));
        });
    }

    @Test
    void selectTellsAboutTheMailbox() throws Exception {
        conversation(PLAIN + """
                C: a1 EXAMINE "&AOk-x y"
                S: * 172 EXISTS
                S: * OK [UNSEEN 12] x
                S: * OK [UIDVALIDITY 3857529045] x
                S: * OK [UIDNEXT 4392] x
                S: * FLAGS (\\Answered \\Seen)
                S: * OK [PERMANENTFLAGS (\\Seen \\*)] x
                S: * OK [HIGHESTMODSEQ 715194045007] x
                S: a1 OK [READ-ONLY] x
                C: a2 SELECT y
                S: * 0 EXISTS
                S: * FLAGS (\\Seen)
                S: a2 OK x
                """, client -> {
            OpenMailbox box = client.examine("éx y");
            assertTrue(box.readOnly());
            assertEquals(172, box.exists());
            assertEquals(12, box.unseen());
            assertEquals(3857529045L, box.uidValidity());
            assertEquals(4392, box.uidNext());
            assertEquals(List.of("\\Answered", "\\Seen"), box.flags());
            assertEquals(List.of("\\Seen", "\\*"), box.permanentFlags());
            assertEquals(715194045007L, box.highestModSeq());
            OpenMailbox other = client.select("y");
            assertFalse(other.readOnly());
            assertEquals(List.of("\\Seen"), other.permanentFlags());
            assertEquals(-1, other.uidNext());
        });
    }

    @Test
    void enablingUtf8ChangesNamesAndStrings() throws Exception {
        conversation(PLAIN + """
                C: a1 DELETE &AOk-
                S: a1 OK x
                C: a2 ENABLE UTF8=ACCEPT CONDSTORE
                S: * ENABLED UTF8=ACCEPT
                S: a2 OK x
                C: a3 DELETE "é&"
                S: a3 OK x
                C: a4 SEARCH SUBJECT "é"
                S: * SEARCH
                S: a4 OK x
                C: a5 LIST "" *
                S: * LIST () "/" "é"
                S: a5 OK x
                """, client -> {
            client.delete("é");
            assertEquals(List.of("UTF8=ACCEPT"), client.enable("UTF8=ACCEPT", "CONDSTORE"));
            assertEquals(Set.of("UTF8=ACCEPT"), client.enabled());
            client.delete("é&");
            assertEquals(UidSet.EMPTY, client.search(false, new SearchKey.Header("Subject", "é")));
            assertEquals(List.of(new ListEntry(List.of(), "é")), client.list("", "*"));
        });
    }

    @Test
    void mailboxCommands() throws Exception {
        conversation(PLAIN + """
                C: a1 CREATE x (USE (\\Sent))
                S: a1 OK x
                C: a2 RENAME x y
                S: a2 OK x
                C: a3 SUBSCRIBE y
                S: a3 OK x
                C: a4 UNSUBSCRIBE y
                S: a4 OK x
                C: a5 NAMESPACE
                S: * NAMESPACE (("" "/")) NIL NIL
                S: a5 OK x
                C: a6 STATUS y (MESSAGES SIZE)
                S: * STATUS y (MESSAGES 1 SIZE 2)
                S: a6 OK x
                C: a7 ID ("name" "c")
                S: * ID ("name" "s")
                S: a7 OK x
                C: a8 CLOSE
                S: a8 OK x
                C: a9 UNSELECT
                S: a9 OK x
                C: a10 LOGOUT
                S: * BYE x
                S: a10 OK x
                """, client -> {
            client.create("x", "\\Sent");
            client.rename("x", "y");
            client.subscribe("y");
            client.unsubscribe("y");
            assertEquals("/", client.namespace().personal().get(0).delimiter());
            assertEquals(
                    2L,
                    client.status("y", StatusItem.MESSAGES, StatusItem.SIZE)
                            .numbers()
                            .get(StatusItem.SIZE));
            assertEquals(List.of(new IdField("name", "s")), client.id(List.of(new IdField("name", "c"))));
            client.closeMailbox();
            client.unselect();
            client.logout();
        });
    }

    @Test
    void messageCommands() throws Exception {
        conversation(PLAIN + """
                C: a1 UID STORE 1:2 +FLAGS (\\Seen)
                S: * 1 FETCH (UID 1 FLAGS (\\Seen))
                S: a1 OK x
                C: a2 COPY 1 y
                S: a2 OK [COPYUID 9 1 4] x
                C: a3 UID MOVE 1 y
                S: * OK [COPYUID 9 1 5] x
                S: * 1 EXPUNGE
                S: a3 OK x
                C: a4 EXPUNGE
                S: * 3 EXPUNGE
                S: * 3 EXPUNGE
                S: a4 OK x
                C: a5 UID EXPUNGE 4
                S: a5 OK x
                C: a6 STORE 1 (UNCHANGEDSINCE 5) FLAGS.SILENT ()
                S: a6 OK [MODIFIED 1] x
                """, client -> {
            FlagEdit seen = new FlagEdit(FlagEdit.Mode.ADD, Flags.of(Flags.SEEN));
            assertEquals(1, client.store(true, SequenceSet.range(1, 2), seen).size());
            assertEquals(
                    SequenceSet.of(4),
                    client.copy(false, SequenceSet.of(1), "y").orElseThrow().destination());
            assertEquals(
                    SequenceSet.of(5),
                    client.move(true, SequenceSet.of(1), "y").orElseThrow().destination());
            assertEquals(List.of(3L, 3L), ImapClient.expunged(client.expunge()));
            client.uidExpunge(SequenceSet.of(4));
            FlagEdit none = new FlagEdit(FlagEdit.Mode.REPLACE, Flags.NONE);
            assertEquals(
                    Optional.of(new ResponseCode.Modified(SequenceSet.of(1))),
                    client.store(new ImapCommand.Store(false, SequenceSet.of(1), none, true, 5))
                            .code());
        });
    }

    @Test
    void searchesInEitherForm() throws Exception {
        conversation(LITERAL_PLUS + """
                C: a1 UID SEARCH CHARSET UTF-8 SUBJECT {2+}\\r\\né
                S: * SEARCH 3 1
                S: a1 OK x
                C: a2 SEARCH ALL
                S: * ESEARCH (TAG "a2") ALL 1:2,4
                S: a2 OK x
                C: a3 SEARCH RETURN (MIN COUNT) ALL
                S: * ESEARCH (TAG "a3") MIN 1 COUNT 7
                S: a3 OK x
                C: a4 SEARCH RETURN (SAVE) ALL
                S: a4 OK x
                """, client -> {
            assertEquals(UidSet.of(1, 3), client.search(true, new SearchKey.Header("Subject", "é")));
            assertEquals(UidSet.of(1, 2, 4), client.search(false, new SearchKey.All()));
            EsearchResult result = client.search(
                            false, EnumSet.of(SearchReturn.MIN, SearchReturn.COUNT), new SearchKey.All())
                    .orElseThrow();
            assertEquals(1, result.min());
            assertEquals(7, result.count());
            assertEquals(Optional.empty(), client.search(false, EnumSet.of(SearchReturn.SAVE), new SearchKey.All()));
        });
    }

    // Literals

    @Test
    void aSynchronizingLiteralWaits() throws Exception {
        conversation(
                PLAIN + "C: a1 LOGIN {3}\nS: * 1 EXISTS\nS: + go\nC: u\\r\\n {3}\nS: + go\nC: p\\r\\n\nS: a1 OK x\n",
                client -> client.login("u\r\n", "p\r\n"));
    }

    @Test
    void aRefusedLiteralEndsTheCommand() throws Exception {
        conversation(PLAIN + "C: a1 LOGIN {3}\nS: a1 NO [TOOBIG] x\nC: a2 NOOP\nS: a2 OK x\n", client -> {
            assertThrows(ImapRefusal.class, () -> client.login("u\r\n", "p\r\n"));
            client.noop();
        });
    }

    @Test
    void smallLiteralsDoNotWaitWithLiteralMinus() throws Exception {
        String large = "x".repeat(4097);
        conversation(
                "S: * OK [CAPABILITY IMAP4rev1 LITERAL-] hi\nC: a1 LOGIN {4096+}\\r\\n" + "x".repeat(4096)
                        + " {4097}\nS: + go\nC: " + large + "\nS: a1 OK x\n",
                client -> client.login("x".repeat(4096), large));
    }

    private static MessageContent message(String text) {
        return MessageContent.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void appendStreamsAMessage() throws Exception {
        conversation(
                PLAIN + "C: a1 APPEND x (\\Seen) {6}\nS: + go\nC: a: b\\r\\n\nS: a1 OK [APPENDUID 3 4] x\n",
                client -> assertEquals(
                        Optional.of(new ResponseCode.AppendUid(3, SequenceSet.of(4))),
                        client.append("x", Flags.of(Flags.SEEN), message("a: b\r\n"))));
        conversation(
                LITERAL_PLUS + "C: a1 APPEND x UTF8 (~{6+}\\r\\na: b\\r\\n)\nS: a1 OK x\n",
                client ->
                        assertTrue(client.append("x", Flags.NONE, null, message("a: b\r\n"), ImapClient.AppendForm.UTF8)
                                .ok()));
    }

    @Test
    void aRefusedAppendSendsNoMessage() throws Exception {
        conversation(PLAIN + "C: a1 APPEND x {6}\nS: a1 NO [TRYCREATE] x\nC: a2 NOOP\nS: a2 OK x\n", client -> {
            ImapRefusal refusal =
                    assertThrows(ImapRefusal.class, () -> client.append("x", Flags.NONE, message("a: b\r\n")));
            assertEquals(
                    Optional.of(ResponseCode.Word.TRYCREATE), refusal.reply().code());
            client.noop();
        });
    }

    @Test
    void fetchStreamsSectionsToAVisitor() throws Exception {
        List<String> seen = new ArrayList<>();
        conversation(PLAIN + """
                C: a1 UID FETCH 1:2 (UID BODY.PEEK[] FLAGS)
                s: * 1 FETCH (UID 7 BODY[] {5}\\r\\nhello FLAGS ())\\r\\n* 2 FETCH (BODY[] {3}\\r\\n)\\r\\n FLAGS () UID 8)\\r\\n
                S: * 9 EXISTS
                S: a1 OK x
                """, client -> {
            FetchVisitor visitor = new FetchVisitor() {
                @Override
                public void literal(
                        long number, List<FetchValue> before, FetchValue value, long size, InputStream octets)
                        throws IOException {
                    seen.add(number + " " + before.size() + " "
                            + new String(octets.readAllBytes(), StandardCharsets.US_ASCII));
                }

                @Override
                public void message(ImapResponse.Fetch fetch) {
                    seen.add(fetch.values().size() + " values");
                }
            };
            Reply reply = client.fetch(
                    new ImapCommand.Fetch(
                            true,
                            SequenceSet.range(1, 2),
                            List.of(
                                    FetchItem.Attribute.UID,
                                    new FetchItem.Section(SectionSpec.MESSAGE, null, true),
                                    FetchItem.Attribute.FLAGS)),
                    visitor);
            assertEquals(List.of(new ImapResponse.Exists(9)), reply.untagged());
        });
        assertEquals(List.of("1 1 hello", "3 values", "2 0 )\r\n", "3 values"), seen);
    }

    @Test
    void fetchIntoMemory() throws Exception {
        conversation(
                PLAIN + "C: a1 FETCH 1 (RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 5)\nS: a1 OK x\n",
                client -> assertEquals(
                        List.of(new ImapResponse.Fetch(1, List.of(new FetchValue.Size(5)))),
                        client.fetch(false, SequenceSet.of(1), List.of(FetchItem.Attribute.RFC822_SIZE))));
    }

    // IDLE

    @Test
    void idleTellsWhatComesUntilDone() throws Exception {
        conversation(PLAIN + """
                C: a1 IDLE
                S: * 1 EXISTS
                S: + idling
                S: * 2 EXISTS
                C: DONE
                S: * 3 EXISTS
                S: a1 OK x
                C: a2 NOOP
                S: a2 OK x
                """, client -> {
            List<ImapResponse> seen = new ArrayList<>();
            client.idle(response -> {
                seen.add(response);
                if (response.equals(new ImapResponse.Exists(2))) {
                    try {
                        client.done();
                        client.done();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            assertEquals(
                    List.of(new ImapResponse.Exists(1), new ImapResponse.Exists(2), new ImapResponse.Exists(3)), seen);
            client.done();
            client.noop();
        });
    }

    @Test
    void idleMayBeRefused() throws Exception {
        conversation(
                PLAIN + "C: a1 IDLE\nS: a1 BAD x\n",
                client -> assertThrows(ImapRefusal.class, () -> client.idle(response -> {})));
    }

    // TLS

    @Test
    void startTlsTakesUpTheNewConnectionAndForgetsCapabilities() throws Exception {
        ScriptedServer within = new ScriptedServer("C: a2 CAPABILITY\nS: * CAPABILITY AUTH=PLAIN\nS: a2 OK x\n");
        conversation(PLAIN + "C: a1 STARTTLS\nS: a1 OK go\n", client -> {
            client.startTls(plain -> within.connection());
            assertEquals(Set.of("AUTH=PLAIN"), client.capabilities());
            client.close();
        });
        within.finished();
        assertTrue(within.closed());
    }

    @Test
    void plaintextBehindStartTlsIsAnAttack() throws Exception {
        ImapClient client =
                new ScriptedServer(PLAIN + "C: a1 STARTTLS\nS: a1 OK go\nS: * CAPABILITY AUTH=PLAIN\n").client();
        assertThrows(
                ImapProtocolException.class,
                () -> client.startTls(plain -> {
                    throw new AssertionError("the handshake was started");
                }));
    }

    // Authentication

    /** Says its words one after the other and fails on a challenge of {@code wrong}. */
    private static final class Mechanism implements SaslClient {
        private final boolean first;
        private final List<String> words;
        private final List<String> heard = new ArrayList<>();
        private int said;

        Mechanism(boolean first, String... words) {
            this.first = first;
            this.words = List.of(words);
        }

        @Override
        public String getMechanismName() {
            return "TEST";
        }

        @Override
        public boolean hasInitialResponse() {
            return first;
        }

        @Override
        public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
            String text = new String(challenge, StandardCharsets.US_ASCII);
            if (text.equals("wrong")) {
                throw new SaslException("wrong");
            }
            heard.add(text);
            return words.get(said++).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean isComplete() {
            return said == words.size();
        }

        @Override
        public byte[] unwrap(byte[] incoming, int offset, int len) {
            throw new IllegalStateException();
        }

        @Override
        public byte[] wrap(byte[] outgoing, int offset, int len) {
            throw new IllegalStateException();
        }

        @Override
        public Object getNegotiatedProperty(String propName) {
            throw new IllegalStateException();
        }

        @Override
        public void dispose() {}
    }

    @Test
    void anInitialResponseSavesARoundTrip() throws Exception {
        Mechanism mechanism = new Mechanism(true, "one", "two");
        conversation(
                LITERAL_PLUS + "C: a1 AUTHENTICATE TEST b25l\nS: + Y2hhbGxlbmdl\nC: dHdv\nS: a1 OK [CAPABILITY X] x\n",
                client -> client.authenticate(mechanism));
        assertEquals(List.of("", "challenge"), mechanism.heard);
    }

    @Test
    void anEmptyInitialResponseIsAnEqualsSign() throws Exception {
        conversation(
                LITERAL_PLUS + "C: a1 AUTHENTICATE TEST =\nS: a1 OK x\n",
                client -> client.authenticate(new Mechanism(true, "")));
    }

    @Test
    void withoutSaslIrTheInitialResponseAnswersAnEmptyChallenge() throws Exception {
        conversation(
                PLAIN + "C: a1 AUTHENTICATE TEST\nS: +\nC: b25l\nS: +\nC: \nS: a1 OK x\n",
                client -> client.authenticate(new Mechanism(true, "one")));
    }

    @Test
    void aChallengeThatIsWrongCancels() throws Exception {
        conversation(
                PLAIN + "C: a1 AUTHENTICATE TEST\nS: + d3Jvbmc=\nC: *\nS: a1 BAD x\nC: a2 NOOP\nS: a2 OK x\n",
                client -> {
                    assertThrows(SaslException.class, () -> client.authenticate(new Mechanism(false, "one")));
                    client.noop();
                });
    }

    @Test
    void anExchangeThatEndsEarlyProvesNothing() throws Exception {
        conversation(
                PLAIN + "C: a1 AUTHENTICATE TEST\nS: + YQ==\nC: b25l\nS: a1 OK x\n",
                client -> assertThrows(
                        SaslException.class, () -> client.authenticate(new Mechanism(false, "one", "two"))));
    }

    @Test
    void aChallengeThatIsNoBase64IsAnError() throws Exception {
        conversation(
                PLAIN + "C: a1 AUTHENTICATE TEST\nS: + !\n",
                client -> assertThrows(
                        ImapProtocolException.class, () -> client.authenticate(new Mechanism(false, "one"))));
    }

    @Test
    void refusedCredentialsAreARefusal() throws Exception {
        conversation(
                PLAIN + "C: a1 AUTHENTICATE TEST\nS: a1 NO [AUTHENTICATIONFAILED] x\n",
                client -> assertThrows(ImapRefusal.class, () -> client.authenticate(new Mechanism(false, "one"))));
    }

    // Servers that break the protocol

    @ParameterizedTest
    @ValueSource(strings = {"a9 OK x", "+ go", "a1 FOO", "nonsense", "* 1 FETCH ("})
    void nonsenseIsAProtocolError(String line) throws Exception {
        ImapClient client = new ScriptedServer(PLAIN + "C: a1 NOOP\nS: " + line + "\n").client();
        assertThrows(ImapProtocolException.class, client::noop);
    }

    @Test
    void aByeIsToldWhenTheServerHangsUp() throws Exception {
        ImapClient client = new ScriptedServer(PLAIN + "C: a1 NOOP\nS: * BYE too late\n").client();
        EOFException e = assertThrows(EOFException.class, client::noop);
        assertTrue(String.valueOf(e.getMessage()).contains("too late"));
    }

    @Test
    void moreResponsesThanTheLimitsAllowAreAnError() throws Exception {
        ImapLimits limits = new ImapLimits(100, 100, 1000, 10, 10, 0);
        String flood = "* OK hi\r\n" + "* 1 EXISTS\r\n".repeat(100) + "a1 OK x\r\n";
        ImapClient client = new ImapClient(
                new ImapStreams(
                        new ByteArrayInputStream(flood.getBytes(StandardCharsets.US_ASCII)),
                        OutputStream.nullOutputStream(),
                        () -> {}),
                limits);
        assertThrows(ImapProtocolException.class, client::noop);
    }
}
