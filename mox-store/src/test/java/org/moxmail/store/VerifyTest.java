package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.Spool;

/** The verifier finds what is wrong; backup, dump and export lose nothing. */
final class VerifyTest {
    @TempDir
    Path temporary;

    private static void fill(Fixture fixture) throws IOException {
        fixture.append("Inbox", message("one"), "\\Seen", "k");
        fixture.append("Inbox", large("two"), "\\Deleted");
        fixture.append("Inbox", message("three"));
        fixture.create("a/b");
        fixture.append("a/b", "Message-ID: <x@y>\r\n\r\nz\r\n");
        fixture.expunge("Inbox", org.moxmail.message.mailbox.UidSet.of(3));
        fixture.awaitErased();
        fixture.verify();
    }

    private static String dump(Account account) throws IOException {
        StringWriter out = new StringWriter();
        account.dump(out, Progress.NONE);
        return out.toString();
    }

    @Test
    void aDumpLoadsAsAnEqualAccount() throws IOException {
        try (Fixture fixture = new Fixture()) {
            fill(fixture);
            String dump = dump(fixture.account);
            assertTrue(dump.startsWith("mox-store dump 1\n"));
            fixture.store.load(
                    "copy",
                    new BufferedReader(new StringReader(dump)),
                    Fixture.DIRECTORY.resolve("accounts/ada/msg"),
                    Progress.NONE);
            try (Account copy = fixture.store.account("copy")) {
                assertEquals(dump, dump(copy));
                assertEquals(List.of(), copy.verify());
                assertEquals(large("two"), Fixture.content(copy, 2));
            }
            org.junit.jupiter.api.Assertions.assertThrows(
                    IOException.class,
                    () -> fixture.store.load(
                            "copy", new BufferedReader(new StringReader(dump)), Path.of("/none"), Progress.NONE));
        }
    }

    @Test
    void anIncompleteDumpMakesNoAccount() throws IOException {
        try (Fixture fixture = new Fixture()) {
            fill(fixture);
            String dump = dump(fixture.account);
            String lastRow = dump.substring(0, dump.lastIndexOf("end "));
            for (String broken : List.of(
                    "",
                    "something else\n",
                    lastRow,
                    lastRow + "end 1\n",
                    "mox-store dump 1\n1 zz 00\nend 1\n",
                    "mox-store dump 1\n1 00\nend 1\n")) {
                org.junit.jupiter.api.Assertions.assertThrows(
                        IOException.class,
                        () -> fixture.store.load(
                                "copy", new BufferedReader(new StringReader(broken)), Path.of("/none"), Progress.NONE));
                assertEquals(false, fixture.store.exists("copy"));
            }
        }
    }

    @Test
    void aBackupOfAnAccountInUseOpensAsItWas() throws IOException {
        StoreOptions options = StoreOptions.standard().withLimits(Fixture.limits());
        try (Store store = Store.open(temporary.resolve("data"), options);
                Account account = store.account("ada")) {
            long inbox = account.read(view -> view.mailbox(org.moxmail.message.mailbox.MailboxName.INBOX)
                    .orElseThrow()
                    .id());
            for (String text : List.of(message("one"), large("two"))) {
                try (Spool spool = Fixture.fill(account.spool(), text)) {
                    account.write(view -> view.append(inbox, spool, Fixture.flags(), Fixture.DATE));
                }
            }
            Path target = temporary.resolve("backup/accounts/ada");
            account.backup(target);
            try (Spool spool = Fixture.fill(account.spool(), large("later"))) {
                account.write(view -> view.append(inbox, spool, Fixture.flags(), Fixture.DATE));
            }
            try (Store copies = Store.open(temporary.resolve("backup"), options);
                    Account copy = copies.account("ada")) {
                assertEquals(List.of(), copy.verify());
                assertEquals(message("one"), Fixture.content(copy, 1));
                assertEquals(large("two"), Fixture.content(copy, 2));
                assertEquals(
                        2, copy.read(view -> view.mailbox(inbox)).orElseThrow().messages());
            }
            Path plain = temporary.resolve("plain");
            account.export(plain, Progress.NONE);
            assertEquals(message("one"), Files.readString(plain.resolve("Inbox/1.eml")));
            assertEquals(large("later"), Files.readString(plain.resolve("Inbox/3.eml")));
            assertTrue(Files.isDirectory(plain.resolve("Sent")));
        }
    }
}
