package org.moxmail.imap.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.moxmail.imap.server.AccountMail;

/**
 * The promises of {@link AccountMail}, its views and its cursors, as checks that every implementation has to pass. A test
 * runs each of {@link #rules} on a fresh account:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> contract() {
 *     return MailBackendContract.rules().stream()
 *             .map(rule -> dynamicTest(rule.name(), () -> {
 *                 try (var account = freshAccount()) {
 *                     rule.check(account);
 *                 }
 *             }));
 * }
 * }</pre>
 */
public final class MailBackendContract {
    /** A fresh account that has at least Inbox, without messages. */
    public interface Account extends AutoCloseable {
        /** Opens one more session on it; the check closes it. */
        AccountMail session() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** One promise. */
    public static final class Rule {
        private final String name;
        private final Check check;

        Rule(String name, Check check) {
            this.name = name;
            this.check = check;
        }

        /** The promise in words. */
        public String name() {
            return name;
        }

        /**
         * Checks it.
         *
         * @throws AssertionError when the promise isn't kept
         */
        public void check(Account account) throws IOException, InterruptedException {
            check.on(account);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** How a promise is checked. */
    interface Check {
        void on(Account account) throws IOException, InterruptedException;
    }

    private MailBackendContract() {}

    /** All promises. */
    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        ContractOfTransactions.addTo(rules);
        ContractOfMessages.addTo(rules);
        ContractOfMailboxes.addTo(rules);
        return List.copyOf(rules);
    }

    static void equal(@Nullable Object expected, @Nullable Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }

    static void claim(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
