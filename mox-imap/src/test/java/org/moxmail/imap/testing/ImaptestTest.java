package org.moxmail.imap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.moxmail.imap.server.ImapEvents;
import org.moxmail.imap.server.ImapOptions;
import org.moxmail.imap.server.ImapPeer;
import org.moxmail.imap.server.ImapServerLimits;
import org.moxmail.time.Timing;

/**
 * Scripts of Dovecot's imaptest (MIT licence, see the files beside them). Scripts that need CATENATE, SORT, ESORT, THREAD or
 * URLAUTH, which the engine doesn't have, aren't here.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImaptestTest {
    /** Commands that aren't run and expectations that aren't looked at. */
    private static final Set<String> SKIPPED = Set.of(
            // RFC 9051 §6.4.5: BINARY is for leaf parts only, which wasn't said when the script was written.
            "ok fetch 1 (binary.peek[2])",
            "ok fetch 1 (binary.size[2])",
            // An ampersand begins modified UTF-7 (RFC 3501 §5.1.3), and these have none behind it.
            "no select !#$$&'+,-.0123456789:;<=>?@^_`|[}",
            "ok list \"\" !#$$&'+,-.0123456789:;<=>?@^_`|[}%*",
            // There is no \Recent, which RFC 9051 has given up.
            "* 2 recent",
            "* 3 recent",
            "* 4 recent",
            "* status $mailbox (messages 2 recent 2 uidnext $uidnext uidvalidity $uidvalidity unseen 2)",
            // The account subscribes to the mailboxes that it makes.
            "* list ($!unordered $!ban=\\subscribed \\haschildren) $sep $mailbox${sep}test2",
            "* list ($!unordered $!ban=\\subscribed $!ban=\\haschildren) $sep $mailbox${sep}test3",
            "* list ($!unordered $!ban=\\subscribed \\haschildren) $sep $mailbox${sep}test4",
            "* list ($!unordered $!ban=\\subscribed \\haschildren) $sep $mailbox${sep}test7",
            "* list ($!unordered $!ban=\\subscribed \\haschildren) $sep $mailbox${sep}test8",
            "! list () $sep $mailbox${sep}test7",
            "* lsub (\\noselect) $sep $mailbox${sep}test2",
            "* lsub (\\noselect) $sep $mailbox${sep}test3",
            "! lsub () $sep $mailbox${sep}test3");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "append",
                "atoms",
                "close",
                "copy",
                "esearch-condstore",
                "fetch-binary-mime",
                "fetch-body-message-rfc822",
                "fetch-body-message-rfc822-x2",
                "fetch-body-mime",
                "fetch-bodystructure",
                "fetch-envelope",
                "listext",
                "multiappend",
                "mutf7",
                "nil",
                "pipeline",
                "search-date",
                "search-sets",
                "select",
                "subscribe",
                "uidvalidity-rename"
            })
    void theScriptsVerdictIsOurs(String script) throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        ImapEvents events = new ImapEvents() {
            @Override
            public void failed(ImapPeer peer, String command, Throwable cause) {
                failures.add(cause);
            }
        };
        try (TestServer server =
                new TestServer(backend, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, Timing.system(), events)) {
            new ImaptestScript(script, SKIPPED).run(server, "ann", "secret");
        }
        assertEquals(List.of(), failures);
        assertEquals(0, backend.openHandles(), "open handles");
    }
}
