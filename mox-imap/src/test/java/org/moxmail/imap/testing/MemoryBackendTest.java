package org.moxmail.imap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.server.ChangeCursor;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.Refusal;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.time.Timing;

/** The double keeps the contract that it is the double for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryBackendTest {
    private static MailBackendContract.Account account(MemoryBackend backend) {
        return new MailBackendContract.Account() {
            @Override
            public AccountMail session() {
                return backend.mail("ann");
            }

            @Override
            public void close() {
                assertEquals(0, backend.openHandles(), "open handles");
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> contract() {
        return Stream.of(false, true)
                .flatMap(rerun -> MailBackendContract.rules().stream()
                        .map(rule -> dynamicTest(rule.name() + (rerun ? ", also when writes run twice" : ""), () -> {
                            MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
                            backend.rerunWrites("ann", rerun);
                            try (MailBackendContract.Account account = account(backend)) {
                                rule.check(account);
                            }
                        })));
    }

    @Test
    void octetsGoWhenTheLastCursorHasAcknowledgedTheirRemoval() throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        try (ContractMail mail = new ContractMail(account(backend));
                ContractMail slow = new ContractMail(account(backend));
                ChangeCursor cursor = slow.mail().changes()) {
            MailboxInfo inbox = mail.info("Inbox");
            long id = mail.append(inbox, ContractMail.DELETED).messageId();
            mail.expunge(inbox, UidSet.EVERY);
            mail.octets(id);
            cursor.acknowledge(cursor.poll().getLast().modSeq());
            assertThrows(FileNotFoundException.class, () -> mail.octets(id));
        }
    }

    @Test
    void aCursorThatFallsBehindHearsOfAnOverflow() throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        try (ContractMail mail = new ContractMail(account(backend));
                ChangeCursor cursor = mail.mail().changes()) {
            for (int i = 0; i <= MemoryCursor.MAX_CHANGES; i++) {
                mail.mail()
                        .write(view -> view.subscribe(org.moxmail.message.mailbox.MailboxName.of("x"))
                                || view.unsubscribe(org.moxmail.message.mailbox.MailboxName.of("x")));
            }
            assertEquals(
                    List.of(new Change.Overflow()), cursor.poll().getFirst().changes());
            mail.create("later");
            assertEquals(1, cursor.poll().size());
        }
    }

    @Test
    void aFullAccountTakesNoMore() throws Exception {
        MemoryBackend backend = new MemoryBackend(Timing.system()).user("ann", "secret");
        backend.quota("ann", 50);
        try (ContractMail mail = new ContractMail(account(backend));
                Spool spool = mail.spool(ContractMail.text("two"))) {
            MailboxInfo inbox = mail.info("Inbox");
            mail.append(inbox, Flags.NONE, ContractMail.text("one"));
            ContractMail.refused(
                    Refusal.OVER_QUOTA,
                    mail.mail().write(view -> view.append(inbox.id(), spool, Flags.NONE, ContractMail.DATE)),
                    "append");
        }
    }
}
