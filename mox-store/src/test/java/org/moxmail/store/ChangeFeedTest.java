package org.moxmail.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.MailboxName;

final class ChangeFeedTest {
    private final AtomicInteger erasures = new AtomicInteger();
    private final ChangeFeed feed = new ChangeFeed(StoreOptions.standard(), 5, erasures::incrementAndGet);

    private static Commit commit(long modSeq) {
        return new Commit(modSeq, 0, List.of(new Change.Subscribed(MailboxName.INBOX)));
    }

    @Test
    void lettingGoStartsTheEraserOnlyWhenSomethingWasRemoved() {
        ChangeCursor cursor = feed.open(0);
        feed.publish(commit(6));
        cursor.acknowledge(6);
        assertEquals(1, erasures.get(), "what was removed before may be there still");
        feed.erased(feed.lastRemoval());
        feed.publish(commit(7));
        cursor.acknowledge(7);
        assertEquals(1, erasures.get());
        feed.removed(8);
        feed.publish(commit(8));
        feed.publish(commit(9));
        cursor.acknowledge(8);
        cursor.acknowledge(9);
        assertEquals(3, erasures.get(), "the eraser hasn't said that it is done");
        feed.erased(8);
        cursor.close();
        assertEquals(3, erasures.get());
    }

    @Test
    void nothingIsReleasedBeforeItIsPublishedSinceACursorMayBeOpenedBetween() {
        assertEquals(5, feed.releasedUpTo());
        feed.publish(commit(6));
        assertEquals(6, feed.releasedUpTo());
        ChangeCursor cursor = feed.open(0);
        feed.publish(commit(7));
        assertEquals(6, feed.releasedUpTo());
        cursor.acknowledge(Long.MAX_VALUE);
        assertEquals(7, feed.releasedUpTo());
    }
}
