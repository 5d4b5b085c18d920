package org.moxmail.imap.server;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.moxmail.message.mailbox.UidSet;

/** Cuts a set into sets of a size that one write can take, in ascending order; an empty set is one batch. */
final class Batches implements Iterable<UidSet> {
    private final UidSet uids;
    private final int size;

    Batches(UidSet uids, int size) {
        this.uids = uids;
        this.size = size;
    }

    @Override
    public Iterator<UidSet> iterator() {
        return new Iterator<>() {
            private long from;
            private boolean any;

            @Override
            public boolean hasNext() {
                return !any || from < uids.size();
            }

            @Override
            public UidSet next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                any = true;
                long to = Math.min(uids.size(), from + size);
                UidSet batch = from == 0 && to == uids.size() ? uids : uids.between(uids.at(from), uids.at(to - 1));
                from = to;
                return batch;
            }
        };
    }
}
