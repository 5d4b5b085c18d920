package org.moxmail.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.dns.DnsName;
import org.moxmail.imap.server.AccountMail;
import org.moxmail.imap.testing.MailBackendContract;
import org.moxmail.imap.testing.Transcript;
import org.moxmail.imap.testing.TranscriptHost;
import org.moxmail.server.auth.Authenticator;
import org.moxmail.server.auth.PasswordSettings;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.directory.DirectorySettings;
import org.moxmail.server.directory.DomainSettings;
import org.moxmail.server.limits.FailedLogins;
import org.moxmail.server.limits.LimitSettings;
import org.moxmail.server.log.Log;
import org.moxmail.store.Account;
import org.moxmail.store.Finding;
import org.moxmail.store.Store;
import org.moxmail.store.StoreLimits;
import org.moxmail.store.StoreOptions;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.time.Timing;
import org.moxmail.time.testing.FakeTiming;

/** What the IMAP engine is promised and what it says, over the store on disk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreBackendTest {
    private static final String USER = "ann@example.org";
    private static final String PASSWORD = "secret";
    private static final PasswordSettings CHEAP = new PasswordSettings(6, 64, 1, 2, Duration.ofSeconds(20));

    @TempDir
    Path directory;

    private int stores;

    @TestFactory
    Stream<DynamicTest> everyPromiseToTheEngineIsKept() {
        return MailBackendContract.rules().stream()
                .map(rule -> dynamicTest(rule.name(), () -> {
                    try (StoreAccount account = new StoreAccount(store(Timing.system()))) {
                        rule.check(account);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTranscriptGoesExactlySo() {
        return Transcript.names().stream()
                .map(name -> dynamicTest(name, () -> {
                    FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
                    // While the account is in use nothing waits for it to be idle: a transcript counts who waits for
                    // time.
                    try (Store store = store(timing);
                            Account used = store.account("ann")) {
                        Authenticator authenticator = authenticator(store, timing);
                        authenticator.setPassword("ann", PASSWORD.toCharArray());
                        StoreBackend backend = new StoreBackend(authenticator, true, store);
                        Transcript.named(name).run(new TranscriptHost(backend, timing, USER, PASSWORD));
                        assertEquals(List.of(), used.verify());
                    }
                }));
    }

    private Store store(Timing timing) throws IOException {
        Path fresh = Files.createDirectory(directory.resolve("store" + stores++));
        return Store.open(
                fresh,
                StoreOptions.standard()
                        .withLimits(unlimited())
                        .withTiming(timing)
                        .withEngine(KvEngine.xodus(8 << 20, timing)));
    }

    /** As the engine's double has it: transcripts show no limit on a message. */
    private static StoreLimits unlimited() {
        StoreLimits limits = StoreLimits.DEFAULT;
        return new StoreLimits(
                Long.MAX_VALUE,
                limits.rowBytes(),
                limits.quotaBytes(),
                limits.messagesPerWrite(),
                limits.keywordsPerMailbox(),
                limits.mailboxes(),
                limits.queuedChanges(),
                limits.groupedWrites(),
                limits.groupedBytes(),
                limits.deliveryKeys(),
                limits.deliveryKeyAge(),
                limits.idle(),
                limits.cacheBytes());
    }

    private static Authenticator authenticator(Store store, Timing timing) throws Exception {
        DnsName domain = DnsName.parse("example.org");
        Directory directory = new Directory(new DirectorySettings(
                List.of(new DomainSettings(domain, Map.of("ann", "ann"), null, "+")), "ann", null));
        return new Authenticator(
                domain,
                directory,
                store,
                new FailedLogins(timing, LimitSettings.DEFAULT.withLoopbackExempt()),
                CHEAP,
                new byte[32],
                timing,
                new SecureRandom(),
                Log.of("auth"));
    }

    /** An account of its own in a store of its own. */
    private record StoreAccount(Store store) implements MailBackendContract.Account {
        @Override
        public AccountMail session() throws IOException {
            return new StoreAccountMail(store.account("ann"));
        }

        @Override
        public void close() {
            try {
                List<Finding> problems;
                try (Account account = store.account("ann")) {
                    problems = account.verify();
                }
                if (!problems.isEmpty()) {
                    throw new AssertionError("the account is damaged: " + problems);
                }
                store.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
