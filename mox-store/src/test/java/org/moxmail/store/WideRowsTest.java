package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.moxmail.message.MessageContent;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.MessageDetails;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.UidSet;

/** What a visit finds next to a message's narrow row. */
final class WideRowsTest {
    private static byte[] octets(MessageContent content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.writeTo(out, 0, content.size());
        return out.toByteArray();
    }

    @Test
    void aVisitFindsWhatLookingUpEachMessageFinds() throws IOException {
        try (Fixture fixture = new Fixture()) {
            long inbox = fixture.id("Inbox");
            for (int i = 0; i < 30; i++) {
                fixture.append("Inbox", i % 7 == 3 ? large("large " + i) : message("small " + i));
            }
            Map<Long, Long> ids = new TreeMap<>();
            fixture.account.read(view -> {
                // Gaps narrow and wide, each row asked for in a different order.
                view.messages(inbox, UidSet.of(1, 2, 3, 4, 5, 9, 10, 11, 25, 26, 30), 0, row -> {
                    StoredMessage stored = view.message(row.messageId()).orElseThrow();
                    if (row.uid() % 2 == 0) {
                        assertEquals(stored.details(), row.details());
                        assertEquals(stored.details().structure().envelope(), row.envelope());
                    } else {
                        assertEquals(stored.details().structure().envelope(), row.envelope());
                        assertEquals(stored.details(), row.details());
                    }
                    ids.put(row.uid(), row.messageId());
                    return true;
                });
                return true;
            });
            assertEquals(11, ids.size());
            List<Long> inFiles = new ArrayList<>();
            for (Map.Entry<Long, Long> each : ids.entrySet()) {
                MessageContent read = content(fixture, inbox, each.getKey());
                try (MessageContent opened = fixture.account.content(each.getValue())) {
                    if (read == null) {
                        inFiles.add(each.getKey());
                    } else {
                        assertArrayEquals(octets(opened), octets(read));
                    }
                }
            }
            assertEquals(List.of(4L, 11L, 25L), inFiles);
        }
    }

    private static @Nullable MessageContent content(Fixture fixture, long mailbox, long uid) throws IOException {
        @Nullable MessageContent[] found = new MessageContent[1];
        fixture.account.read(view -> {
            view.messages(mailbox, UidSet.range(uid, uid), 0, row -> {
                found[0] = row.content();
                return true;
            });
            return true;
        });
        return found[0];
    }

    @Test
    void aDeliveredMessageHasItsPrefixAndItsPreview() throws IOException {
        try (Fixture fixture = new Fixture()) {
            String prefix = "Received: from here\r\n";
            long id;
            try (Spool spool = fixture.spool(message("hello"))) {
                DeliveryRequest request = new DeliveryRequest(
                        MailboxName.of("Inbox"), prefix, Fixture.flags(), Fixture.DATE, "trace-1", "{}", null);
                id = Fixture.done(fixture.account.deliver(spool, request))
                        .message()
                        .messageId();
            }
            long inbox = fixture.id("Inbox");
            MessageContent read = content(fixture, inbox, 1);
            assertNotNull(read);
            try (MessageContent opened = fixture.account.content(id)) {
                assertArrayEquals(octets(opened), octets(read));
            }
            MessageDetails details =
                    fixture.account.read(view -> view.message(id).orElseThrow().details());
            assertEquals("Hello, hello.", requireNonNull(details.preview()).strip());
        }
    }

    @Test
    void aMessageThatIsntThereHasNothing() throws IOException {
        try (Fixture fixture = new Fixture()) {
            fixture.append("Inbox", message("one"));
            assertNull(content(fixture, fixture.id("Inbox"), 2));
        }
    }
}
