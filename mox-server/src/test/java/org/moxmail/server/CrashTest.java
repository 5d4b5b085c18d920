package org.moxmail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.server.boot.Environment;
import org.moxmail.server.boot.Localserve;
import org.moxmail.server.boot.OfflineData;
import org.moxmail.server.testing.AccountsServer;
import org.moxmail.server.testing.ChildServer;
import org.moxmail.server.testing.ExpectedMailbox;
import org.moxmail.server.testing.ImapTalk;
import org.moxmail.server.testing.SmtpTalk;
import org.moxmail.store.Account;

/**
 * The server's process is killed at any moment while many clients deliver, append, flag and expunge. What they were told is
 * true afterwards: every acknowledged message is there once, octet for octet, with the flags that were acknowledged; what
 * was expunged stays away. {@code -Dmox.crashRounds=200} does it longer by hand and says how much was checked.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("mox.crashRounds", 10);
    private static final int ACCOUNTS = 4;
    private static final int SENDERS = 32;
    private static final String OWN = "Drafts";

    @TempDir
    Path directory;

    private final List<ExpectedMailbox> inboxes = new ArrayList<>();
    private final List<ExpectedMailbox> own = new ArrayList<>();
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong appends = new AtomicLong();
    private final AtomicLong flags = new AtomicLong();
    private final AtomicLong expunges = new AtomicLong();

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
        long seed = new SecureRandom().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < ACCOUNTS; i++) {
            inboxes.add(new ExpectedMailbox("Inbox"));
            own.add(new ExpectedMailbox(OWN));
        }
        AccountsServer.prepare(directory, ACCOUNTS);
        for (int round = 0; round < ROUNDS; round++) {
            try (ChildServer child = ChildServer.startAccounts(directory, ACCOUNTS)) {
                verify(child, "round " + round + " of seed " + seed);
                load(child, round, random);
            }
            if (round % 5 == 4) {
                verifyData();
                report(round + 1);
            }
        }
        try (ChildServer child = ChildServer.startAccounts(directory, ACCOUNTS)) {
            verify(child, "after seed " + seed);
            child.kill();
        }
        verifyData();
        assertTrue(deliveries.get() >= ROUNDS && appends.get() > 0 && flags.get() > 0 && expunges.get() > 0, counts());
    }

    /** How far it got, for who waits for many rounds. */
    private void report(int rounds) {
        if (Integer.getInteger("mox.crashRounds") != null) {
            System.out.println(rounds + " rounds, " + counts());
        }
    }

    private String counts() {
        return "acknowledged: " + deliveries + " deliveries, " + appends + " appends, " + flags + " flags, " + expunges
                + " expunges";
    }

    private void verify(ChildServer child, String what) throws IOException {
        for (int account = 0; account < ACCOUNTS; account++) {
            try (ImapTalk imap = login(child, account)) {
                inboxes.get(account).verify(imap, what + ", account " + account);
                own.get(account).verify(imap, what + ", account " + account);
            }
        }
    }

    private void verifyData() throws Exception {
        try (OfflineData data = OfflineData.open(directory, Environment.standard())) {
            for (String name : data.store().accounts()) {
                try (Account account = data.store().account(name)) {
                    assertEquals(List.of(), account.verify());
                }
            }
        }
    }

    private static ImapTalk login(ChildServer child, int account) throws IOException {
        ImapTalk imap = new ImapTalk(child.connect("imap"));
        imap.line();
        imap.ok("LOGIN " + AccountsServer.address(account) + " " + Localserve.PASSWORD);
        return imap;
    }

    /** Clients go on until the server dies, which it does some time after a number of acknowledgements. */
    private void load(ChildServer child, int round, Random random) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1 + random.nextInt(150));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                String name = "r" + round + "s" + i;
                Random choices = new Random(random.nextLong());
                clients.execute(() -> untilKilled(() -> send(child, name, choices, enough)));
            }
            for (int i = 0; i < ACCOUNTS; i++) {
                int account = i;
                String name = "r" + round + "a" + i;
                Random choices = new Random(random.nextLong());
                Random others = new Random(random.nextLong());
                clients.execute(() -> untilKilled(() -> append(child, account, name, choices, enough)));
                clients.execute(() -> untilKilled(() -> change(child, account, own, choices, enough)));
                clients.execute(() -> untilKilled(() -> change(child, account, inboxes, others, enough)));
            }
            enough.await();
            child.kill();
        }
    }

    /** What a client does to a server. */
    private interface Talk {
        void talk() throws IOException;
    }

    private static void untilKilled(Talk talk) {
        try {
            talk.talk();
        } catch (IOException | AssertionError e) {
            // The server was killed while this client waited for it. If that was too early, the test waits in vain.
            return;
        }
    }

    private void send(ChildServer child, String name, Random random, CountDownLatch enough) throws IOException {
        try (SmtpTalk smtp = SmtpTalk.greeted(child.connect("smtp")).hello()) {
            for (int i = 0; ; i++) {
                String subject = name + "m" + i;
                String message = message(subject, random);
                int first = random.nextInt(ACCOUNTS);
                int second = random.nextInt(3) == 0 ? random.nextInt(ACCOUNTS) : first;
                inboxes.get(first).trying(subject, message);
                inboxes.get(second).trying(subject, message);
                String reply = smtp.send(
                        "a@example.org", message, AccountsServer.address(first), AccountsServer.address(second));
                if (!reply.startsWith("250")) {
                    return;
                }
                inboxes.get(first).arrived(subject);
                inboxes.get(second).arrived(subject);
                deliveries.incrementAndGet();
                enough.countDown();
            }
        }
    }

    private void append(ChildServer child, int account, String name, Random random, CountDownLatch enough)
            throws IOException {
        try (ImapTalk imap = login(child, account)) {
            for (int i = 0; ; i++) {
                String subject = name + "m" + i;
                String message = message(subject, random);
                own.get(account).trying(subject, message);
                imap.ok("APPEND " + OWN + " {" + message.length() + "+}\r\n" + message);
                own.get(account).arrived(subject);
                appends.incrementAndGet();
                enough.countDown();
            }
        }
    }

    /** Flags and expunges what was there when the round began; nobody else does. */
    private void change(
            ChildServer child, int account, List<ExpectedMailbox> mailboxes, Random random, CountDownLatch enough)
            throws IOException {
        ExpectedMailbox mailbox = mailboxes.get(account);
        try (ImapTalk imap = login(child, account)) {
            imap.ok("SELECT " + mailbox.name());
            for (List<Integer> known = mailbox.known(); !known.isEmpty(); known = mailbox.known()) {
                int uid = known.get(random.nextInt(known.size()));
                if (random.nextInt(4) == 0) {
                    mailbox.expunging(uid);
                    imap.ok("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
                    imap.ok("UID EXPUNGE " + uid);
                    mailbox.expunged(uid);
                    expunges.incrementAndGet();
                } else {
                    String flag = List.of("\\Seen", "\\Flagged", "\\Answered", "$one", "$two")
                            .get(random.nextInt(5));
                    mailbox.flagging(uid, flag);
                    imap.ok("UID STORE " + uid + " +FLAGS.SILENT (" + flag + ")");
                    mailbox.flagged(uid, flag);
                    flags.incrementAndGet();
                }
                enough.countDown();
            }
        }
    }

    /** Of any size up to a few files' worth, so that both ways of keeping octets are met. */
    private static String message(String subject, Random random) {
        StringBuilder message = new StringBuilder("Subject: " + subject + "\r\n\r\n");
        int lines = 1 + random.nextInt(random.nextInt(8) == 0 ? 1500 : 40);
        for (int i = 0; i < lines; i++) {
            message.append(Long.toHexString(random.nextLong()))
                    .append("x".repeat(random.nextInt(50)))
                    .append("\r\n");
        }
        return message.toString();
    }
}
