package org.moxmail.server.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.Account;
import org.moxmail.store.MailReader;
import org.moxmail.store.Progress;

/** Writes an account's mail as mbox files, RFC 4155 with mboxrd quoting: one per mailbox, named after it. */
public final class MboxExport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Account account;

    private record Listed(long messageId, Flags flags, Instant date) {}

    public MboxExport(Account account) {
        this.account = account;
    }

    /**
     * Writes to a directory, which is made when it is missing. Files that exist are left alone: then nothing is exported.
     *
     * @return how many messages were written
     */
    public long write(Path directory, Progress progress) throws IOException {
        long count = 0;
        for (MailboxInfo mailbox : account.read(MailReader::mailboxes)) {
            Path file = directory.resolve(mailbox.name() + ".mbox");
            Path parent = file.getParent();
            if (!file.normalize().startsWith(directory.normalize()) || parent == null) {
                throw new IOException("mailbox " + mailbox.name() + " can't be a file's name");
            }
            Files.createDirectories(parent);
            count += write(mailbox, file, progress);
        }
        return count;
    }

    private long write(MailboxInfo mailbox, Path file, Progress progress) throws IOException {
        List<Listed> messages = account.read(view -> {
            List<Listed> listed = new ArrayList<>();
            view.messages(mailbox.id(), UidSet.EVERY, 0, row -> {
                listed.add(new Listed(row.messageId(), row.flags(), Instant.ofEpochMilli(row.internalDateMillis())));
                return true;
            });
            return listed;
        });
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16)) {
            long done = 0;
            for (Listed message : messages) {
                progress.at("messages of " + mailbox.name(), done++);
                write(message, out);
            }
        }
        return messages.size();
    }

    private void write(Listed message, OutputStream out) throws IOException {
        out.write(("From MAILER-DAEMON " + DATE.format(message.date()) + "\n" + statusFields(message.flags()))
                .getBytes(StandardCharsets.UTF_8));
        MboxQuoting quoting = new MboxQuoting(out);
        try (MessageContent content = account.content(message.messageId())) {
            content.writeTo(quoting, 0, content.size());
        }
        quoting.end();
    }

    /** What mail programs keep in an mbox of flags. */
    private static String statusFields(Flags flags) {
        String status = flags.has(Flags.SEEN) ? "Status: RO\n" : "Status: O\n";
        StringBuilder extended = new StringBuilder();
        extended.append(flags.has(Flags.ANSWERED) ? "A" : "");
        extended.append(flags.has(Flags.FLAGGED) ? "F" : "");
        extended.append(flags.has(Flags.DRAFT) ? "T" : "");
        extended.append(flags.has(Flags.DELETED) ? "D" : "");
        List<String> keywords =
                flags.words().stream().filter(word -> !word.startsWith("\\")).toList();
        return status
                + (extended.isEmpty() ? "" : "X-Status: " + extended + "\n")
                + (keywords.isEmpty() ? "" : "X-Keywords: " + String.join(",", keywords) + "\n");
    }
}
