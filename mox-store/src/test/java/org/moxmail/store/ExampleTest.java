package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

final class ExampleTest {
    /** The example of the package and the README. */
    @Test
    void theExampleDelivers(@TempDir Path directory) throws IOException {
        try (Store store = Store.open(directory, StoreOptions.standard());
                Account account = store.account("ada");
                Spool spool = store.spool()) {
            try (OutputStream out = spool.out()) {
                out.write("Subject: hello\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            DeliveryRequest request = new DeliveryRequest(
                    MailboxName.INBOX, "Received: from a by b\r\n", Flags.NONE, Instant.EPOCH, "trace", "", "key");
            account.deliver(spool, request);
            UidSet uids = account.read(view ->
                    view.uids(view.mailbox(MailboxName.INBOX).orElseThrow().id()));
            assertEquals(UidSet.of(1), uids);
        }
    }
}
