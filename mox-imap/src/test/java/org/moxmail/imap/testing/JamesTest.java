package org.moxmail.imap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.moxmail.imap.server.ImapEvents;
import org.moxmail.imap.server.ImapOptions;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.time.Timing;

/**
 * Scripts of Apache James's MPT (Apache Licence 2.0, see the files beside them), each in the state that it is made for. Not
 * here are those that need ACL, METADATA, QUOTA, PARTIAL, XLIST, shared mailboxes or a search index, and
 *
 * <ul>
 *   <li>ConcurrentExistsResponse: uses a number before the client was told of the message;
 *   <li>CreateErrorWithLongName and RenameHierarchy: depend on another server's limit and separator;
 *   <li>FetchStructureComplex: wants empty literals for parts that aren't there, which we answer NO;
 *   <li>Id, IllegalTag, NoTag, Authenticate: take what the grammar doesn't have, or want another answer to it;
 *   <li>Recent: there is no such flag;
 *   <li>Welcome: another server's words.
 * </ul>
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JamesTest {
    @ParameterizedTest
    @CsvSource({
        "AppendExamineInbox, auth",
        "AppendToSelected, prepared",
        "BodyPartialFetch, prepared",
        "Capability, auth",
        "Capability, connect",
        "Capability, inbox",
        "Check, prepared",
        "ConcurrentCrossExpunge, auth",
        "ConcurrentFetchResponse, auth",
        "CondstoreDisable, auth",
        "ExamineEmpty, auth",
        "ExamineEmpty, inbox",
        "Expunge, prepared",
        "FetchHeaderFields, prepared",
        "FetchHeaderFieldsNot, prepared",
        "FetchInternalDate, prepared",
        "FetchMultipleMessages, prepared",
        "FetchPeek, prepared",
        "FetchRFC822, prepared",
        "FetchRFC822Mixed, prepared",
        "FetchRFC822Text, prepared",
        "FetchSaveDate, prepared",
        "FetchStructureEmbedded, prepared",
        "FetchText, prepared",
        "MimePartialFetch, prepared",
        "Move, prepared",
        "Namespace, auth",
        "Namespace, prepared",
        "ObjectId, prepared",
        "Rename, prepared",
        "RenameSelected, prepared",
        "SearchAtoms, auth",
        "SearchCombinations, auth",
        "SearchSaveDate, prepared",
        "SelectAppend, auth",
        "Status, auth",
        "Status, inbox",
        "Subscribe, auth",
        "Subscribe, inbox",
        "Uid, prepared",
        "UidSearchAtoms, auth",
        "UidSearchCombinations, auth",
        "ValidNonAuthenticated, auth",
        "ValidNonAuthenticated, inbox",
        "ValidSelected, connect"
    })
    void theScriptsVerdictIsOurs(String script, String state) throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("imapuser", "password");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        ImapEvents events = new ImapEvents() {
            @Override
            public void failed(ImapPeer peer, String command, Throwable cause) {
                failures.add(cause);
            }
        };
        try (TestServer server =
                new TestServer(backend, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, Timing.system(), events)) {
            JamesScript james = new JamesScript(server);
            james.start(!state.equals("connect"));
            if (state.equals("prepared")) {
                james.play("SelectedStateSetup.test");
            } else if (state.equals("inbox")) {
                james.first().command("s SELECT Inbox");
            }
            james.play(script + ".test");
            assertEquals("", String.join("\n", james.differences()));
        }
        assertEquals(List.of(), failures);
    }
}
