package stranger.store;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.store.Account;
import org.moxmail.store.DeliveryRequest;
import org.moxmail.store.Store;
import org.moxmail.store.StoreOptions;

/** A few lines with the library that is no module. */
public final class Main {
    private Main() {}

    /**
     * Delivers a message into a new store and counts what is in the Inbox.
     *
     * @param args a directory that doesn't exist yet
     * @throws Exception if that doesn't work
     */
    public static void main(String[] args) throws Exception {
        try (Store store = Store.open(Path.of(args[0]), StoreOptions.standard());
                Account account = store.account("ann");
                Spool spool = store.spool()) {
            try (OutputStream out = spool.out()) {
                out.write("Subject: hello\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            DeliveryRequest request =
                    new DeliveryRequest(MailboxName.INBOX, "", Flags.NONE, Instant.EPOCH, "trace", "", "key");
            account.deliver(spool, request);
            System.out.println("store " + account.read(view ->
                    view.uids(view.mailbox(MailboxName.INBOX).orElseThrow().id())));
        }
    }
}
