package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.dns.DnsName;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.boot.ServerSettings;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.testing.RunningServer;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.store.Account;

/** Domains that aren't everybody's: copies for several accounts, and mail for nobody. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralAccountsTest {
    private static final String MESSAGE = "From: <mox@localhost>\r\n\r\nhello\r\n";

    @TempDir
    Path directory;

    private static ServerSettings twoUsers(ServerSettings settings) {
        DomainSettings domain =
                new DomainSettings(settings.hostName(), Map.of("mox", "mox", "ann", "ann", "annie", "ann"), null, "+");
        return settings.withAddresses(new DirectorySettings(List.of(domain), "mox", null));
    }

    private List<String> inbox(String name) throws Exception {
        try (OfflineData data = OfflineData.open(directory, Environment.standard())) {
            if (!data.store().exists(name)) {
                return List.of();
            }
            try (Account account = data.store().account(name)) {
                List<Long> ids = account.read(view -> {
                    List<Long> found = new ArrayList<>();
                    long inbox = view.mailbox(MailboxName.INBOX).orElseThrow().id();
                    view.messages(inbox, UidSet.EVERY, 0, row -> found.add(row.messageId()));
                    return found;
                });
                List<String> messages = new ArrayList<>();
                for (long id : ids) {
                    try (MessageContent content = account.content(id)) {
                        byte[] octets = new byte[(int) content.size()];
                        int read = content.read(0, octets, 0, octets.length);
                        messages.add(new String(octets, 0, read, java.nio.charset.StandardCharsets.UTF_8));
                    }
                }
                return messages;
            }
        }
    }

    @Test
    void eachAccountGetsOneCopyUnderTheFirstNameThatItWasCalled() throws Exception {
        try (RunningServer server = RunningServer.start(directory, SeveralAccountsTest::twoUsers);
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            String reply = smtp.send("a@example.org", MESSAGE, "annie+x@localhost", "mox@localhost", "ann@localhost");
            assertTrue(reply.startsWith("250"), reply);
        }
        assertEquals(1, inbox("mox").size());
        assertEquals(1, inbox("ann").size());
        assertTrue(inbox("ann").getFirst().startsWith("Delivered-To: annie+x@localhost\r\n"));
        assertTrue(inbox("mox").getFirst().startsWith("Delivered-To: mox@localhost\r\n"));
        assertFalse(inbox("ann").getFirst().contains("for <"));
    }

    @Test
    void whoExistsIsToldBehindTheMessageOnlyAndThenNobodyGetsIt() throws Exception {
        try (RunningServer server = RunningServer.start(directory, SeveralAccountsTest::twoUsers);
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            String reply = smtp.send("a@example.org", MESSAGE, "ann@localhost", "nobody@localhost");
            assertTrue(reply.startsWith("550 5.1.1"), reply);
            smtp.expect("250", "MAIL FROM:<a@example.org>");
            smtp.expect("550 5.1.1", "RCPT TO:<ann@elsewhere.example>");
        }
        assertEquals(List.of(), inbox("ann"));
    }

    @Test
    void usersHearAtOnceAndSendUnderTheirOwnNameOnly() throws Exception {
        try (RunningServer server = RunningServer.start(directory, SeveralAccountsTest::twoUsers);
                SmtpTalk smtp = server.smtp("submission").login(Localserve.ADDRESS, Localserve.PASSWORD)) {
            smtp.expect("550 5.7.1", "MAIL FROM:<ann@localhost>");
            smtp.expect("250", "MAIL FROM:<mox@localhost>");
            smtp.expect("550 5.1.1", "RCPT TO:<nobody@localhost>");
            smtp.expect("550 5.7.1", "RCPT TO:<friend@elsewhere.example>");
            smtp.expect("250", "RSET");
            String forged = MESSAGE.replace("mox@localhost", "ann@localhost");
            assertTrue(smtp.send("mox@localhost", forged, "ann@localhost").startsWith("550 5.7.1"));
            assertTrue(smtp.send("mox@localhost", MESSAGE, "ann@localhost").startsWith("250"));
        }
        assertEquals(1, inbox("ann").size());
    }

    @Test
    void domainsAreComparedAsNames() throws Exception {
        assertEquals(DnsName.parse("LOCALHOST"), DnsName.parse("localhost"));
        try (RunningServer server = RunningServer.start(directory, SeveralAccountsTest::twoUsers);
                SmtpTalk smtp = server.smtp("smtp").hello()) {
            assertTrue(smtp.send("a@example.org", MESSAGE, "Ann@LocalHost").startsWith("250"));
        }
        assertEquals(1, inbox("ann").size());
    }
}
