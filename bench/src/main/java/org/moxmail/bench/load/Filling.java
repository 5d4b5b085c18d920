package org.moxmail.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Puts a known number of messages into a mailbox. */
public final class Filling {
    private Filling() {}

    /**
     * Makes a mailbox when it is missing, and appends messages until it has so many.
     *
     * @param login whose mailbox it is
     * @param messages it shall have
     * @param connections to append over
     * @param letters what the messages are
     */
    public static void fill(Imap.Login login, String mailbox, int messages, int connections, Letters letters)
            throws IOException, InterruptedException {
        var number = new AtomicLong(existing(login, mailbox));
        var failure = new AtomicReference<Exception>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int connection = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try (Imap imap = Imap.login(login, connection, false)) {
                    for (long next = number.getAndIncrement(); next < messages; next = number.getAndIncrement()) {
                        imap.append(mailbox, letters.letter(next));
                    }
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Exception cause = failure.get();
        if (cause != null) {
            throw new IOException("filling " + mailbox + ": " + cause.getMessage(), cause);
        }
        int exists = existing(login, mailbox);
        if (exists < messages) {
            throw new IOException(mailbox + " has " + exists + " messages instead of " + messages);
        }
    }

    private static int existing(Imap.Login login, String mailbox) throws IOException {
        try (Imap imap = Imap.login(login, 0, false)) {
            if (!imap.has(mailbox)) {
                imap.command("CREATE \"" + mailbox + "\"");
            }
            return imap.select(mailbox);
        }
    }
}
