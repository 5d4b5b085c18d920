package org.moxmail.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvException;
import org.moxmail.store.kv.KvStore;

/** Copies of an account: as one that can be opened again, and as plain files. */
final class Backup {
    private record Exported(long uid, long messageId) {}

    /** Messages that one snapshot lists. */
    private static final int LISTED = 10_000;

    private Backup() {}

    /**
     * First the tables, then the files that the tables may name. Erasing waits meanwhile: a file that goes between the two
     * would be missing in the copy.
     */
    static void run(OpenAccount account, Path directory) throws IOException {
        StoreFiles files = account.options().files();
        Path tables = directory.resolve(OpenAccount.TABLES);
        files.createDirectories(tables);
        account.eraser().pause();
        try {
            account.kv().backup(tables);
            MessageBytes copy = new MessageBytes(directory.resolve(OpenAccount.MESSAGES), files);
            files.createDirectories(copy.directory());
            for (long bytesId : account.files()) {
                if (bytesId >= 0 && account.named(bytesId)) {
                    files.createDirectories(copy.directory(bytesId));
                    files.link(account.bytes().file(bytesId), copy.file(bytesId));
                    files.syncDirectory(copy.directory(bytesId));
                }
            }
        } finally {
            account.eraser().resume();
        }
    }

    /** Makes an account's directory. */
    static void load(StoreOptions options, BufferedReader dump, Path messages, Path directory, Progress progress)
            throws IOException {
        StoreFiles files = options.files();
        Path tables = directory.resolve(OpenAccount.TABLES);
        files.createDirectories(tables);
        try (KvStore kv = options.engine().open(tables)) {
            Dump.read(dump, kv, progress);
        } catch (KvException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
        MessageBytes copy = new MessageBytes(directory.resolve(OpenAccount.MESSAGES), files);
        files.createDirectories(copy.directory());
        long done = 0;
        for (Path folder : files.list(messages)) {
            for (Path file : files.list(folder)) {
                progress.at("files", done++);
                long bytesId = MessageBytes.id(file);
                if (bytesId >= 0) {
                    files.createDirectories(copy.directory(bytesId));
                    files.link(file, copy.file(bytesId));
                    files.syncDirectory(copy.directory(bytesId));
                }
            }
        }
    }

    static void export(Account account, StoreFiles files, Path directory, Progress progress) throws IOException {
        for (MailboxInfo mailbox : account.read(MailReader::mailboxes)) {
            Path folder = directory;
            for (String element : mailbox.name().toString().split(String.valueOf(MailboxName.SEPARATOR), -1)) {
                folder = folder.resolve(escaped(element));
            }
            files.createDirectories(folder);
            long done = 0;
            for (Exported message : messages(account, mailbox.id())) {
                progress.at("messages of " + mailbox.name(), done++);
                Path file = folder.resolve(message.uid + ".eml");
                try (MessageContent content = account.content(message.messageId);
                        StoreFiles.NewFile out = files.create(file)) {
                    content.writeTo(out, 0, content.size());
                    out.sync();
                }
            }
        }
    }

    private static List<Exported> messages(Account account, long mailboxId) throws IOException {
        List<Exported> all = new ArrayList<>();
        long from = 1;
        while (from > 0) {
            // In several snapshots, since there may be millions.
            UidSet rest = UidSet.range(from, UidSet.MAX);
            int before = all.size();
            account.read(view -> {
                view.messages(mailboxId, rest, 0, row -> {
                    all.add(new Exported(row.uid(), row.messageId()));
                    return all.size() < before + LISTED;
                });
                return true;
            });
            from = all.size() < before + LISTED ? 0 : all.get(all.size() - 1).uid() + 1;
        }
        return all;
    }

    /** An element of a mailbox name as a file name: what isn't a letter, digit or plain sign becomes {@code %XXXX}. */
    private static String escaped(String element) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == ' ' || c == '.' && name.length() > 0) {
                name.append(c);
            } else {
                name.append(String.format(Locale.ROOT, "%%%04X", (int) c));
            }
        }
        return name.toString();
    }
}
