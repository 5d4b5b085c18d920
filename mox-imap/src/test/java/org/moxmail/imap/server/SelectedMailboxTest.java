package org.moxmail.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.moxmail.imap.SequenceSet;
import org.moxmail.message.mailbox.Change;
import org.moxmail.message.mailbox.Commit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.UidSet;

/** The client's view against a simulation that keeps lists. */
class SelectedMailboxTest {
    private static final long BOX = 7;

    private static SelectedMailbox open(UidSet uids, long snapshot) {
        MailboxInfo info = new MailboxInfo(
                BOX, MailboxName.of("box"), 1, 1, snapshot, Set.of(), List.of(), uids.size(), 0, 0, 0, 0);
        return new SelectedMailbox(info, false, uids, snapshot);
    }

    /** What a client makes of what it is told. */
    private static final class Client implements SelectedMailbox.Updates {
        private final List<Long> uids = new ArrayList<>();
        private final Map<Long, Flags> flags = new HashMap<>();
        private long announced;
        private boolean mayHear;

        @Override
        public void expunged(long number, long uid) {
            hear();
            assertEquals(uid, uids.remove((int) number - 1), "the message that had the number");
            announced--;
        }

        @Override
        public void exists(long count) {
            hear();
            assertEquals(true, count > announced, "EXISTS only grows");
            announced = count;
        }

        @Override
        public void flags(long number, long uid, Flags now, long modSeq) {
            hear();
            assertEquals(true, number >= 1 && number <= announced, "a number in use");
            flags.put(uid, now);
        }

        private void hear() {
            assertEquals(true, mayHear, "nothing is told at other times");
        }
    }

    /** The mailbox as it is. */
    private static final class World {
        private final TreeMap<Long, Flags> messages = new TreeMap<>();
        private final List<Commit> log = new ArrayList<>();
        private long next = 1;

        void commit(Change change) {
            log.add(new Commit(log.size() + 1, 0, List.of(change)));
        }

        void step(Random random) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    List<Change.Entry> entries = new ArrayList<>();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        next += random.nextInt(3);
                        Flags flags = Flags.of(random.nextInt(4));
                        messages.put(next, flags);
                        entries.add(new Change.Entry(next++, flags));
                    }
                    commit(new Change.Added(BOX, entries));
                }
                case 2 -> {
                    List<Change.Entry> entries = new ArrayList<>();
                    for (Map.Entry<Long, Flags> each : messages.entrySet()) {
                        if (random.nextInt(3) == 0) {
                            each.setValue(Flags.of(random.nextInt(32)));
                            entries.add(new Change.Entry(each.getKey(), each.getValue()));
                        }
                    }
                    if (!entries.isEmpty()) {
                        commit(new Change.FlagsChanged(BOX, entries));
                    }
                }
                default -> {
                    UidSet.Builder gone = new UidSet.Builder();
                    for (long uid : List.copyOf(messages.keySet())) {
                        if (random.nextInt(4) == 0) {
                            messages.remove(uid);
                            gone.add(uid);
                        }
                    }
                    UidSet uids = gone.build();
                    if (!uids.isEmpty()) {
                        commit(new Change.Removed(BOX, uids));
                    }
                }
            }
        }
    }

    /** RFC 9051 §7.5.1 and §2.3.1.2: two clients that look when they like agree with the mailbox whenever they have looked. */
    @Property(tries = 500)
    void whoeverHasBeenToldEverythingKnowsTheMailbox(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        World world = new World();
        for (int i = random.nextInt(6); i > 0; i--) {
            world.step(random);
        }
        int[] read = new int[2];
        SelectedMailbox[] views = new SelectedMailbox[2];
        Client[] clients = new Client[2];
        for (int i = 0; i < 2; i++) {
            UidSet.Builder uids = new UidSet.Builder();
            world.messages.keySet().forEach(uids::add);
            views[i] = open(uids.build(), world.log.size());
            clients[i] = new Client();
            clients[i].uids.addAll(world.messages.keySet());
            clients[i].announced = clients[i].uids.size();
            clients[i].flags.putAll(world.messages);
            // Commits from before the snapshot may still come.
            read[i] = random.nextInt(world.log.size() + 1);
        }
        for (int step = 0; step < 40; step++) {
            int who = random.nextInt(3);
            if (who == 2) {
                world.step(random);
                continue;
            }
            SelectedMailbox view = views[who];
            Client client = clients[who];
            while (read[who] < world.log.size()) {
                view.apply(world.log.get(read[who]++), SelectedMailbox.Known.NOTHING);
            }
            check(view, client);
            if (random.nextBoolean()) {
                continue;
            }
            UidSet before = view.uids();
            client.mayHear = true;
            view.tell(client);
            client.mayHear = false;
            view.uids().minus(before).forEach(client.uids::add);
            assertEquals(client.announced, client.uids.size(), "EXISTS");
            assertEquals(List.copyOf(world.messages.keySet()), client.uids, "messages");
            client.flags.keySet().retainAll(world.messages.keySet());
            assertEquals(world.messages, client.flags, "flags");
            assertFalse(view.hasPending(), "nothing is left");
        }
    }

    /** Numbers mean what the client thinks they mean, whatever has happened untold. */
    private static void check(SelectedMailbox view, Client client) {
        assertEquals(client.uids.size(), view.uids().size(), "messages that the client knows");
        for (int i = 0; i < client.uids.size(); i++) {
            long uid = client.uids.get(i);
            assertEquals(i + 1, view.number(uid), "number of " + uid);
            assertEquals(UidSet.of(uid), view.resolveNumbers(SequenceSet.of(i + 1)), "message " + (i + 1));
        }
        if (!client.uids.isEmpty()) {
            UidSet all =
                    UidSet.of(client.uids.stream().mapToLong(Long::longValue).toArray());
            assertEquals(all, view.resolveNumbers(SequenceSet.ALL), "1:*");
            assertEquals(all, view.resolveUids(SequenceSet.ALL), "UID 1:*");
            assertEquals(UidSet.range(1, all.size()), view.numbers(all), "numbers of all");
        }
    }

    @Test
    void numbersOutsideTheMailboxMeanNothing() throws Exception {
        SelectedMailbox view = open(UidSet.of(3, 5, 6, 9), 1);
        assertNull(view.resolveNumbers(SequenceSet.parse("5")));
        assertNull(view.resolveNumbers(SequenceSet.parse("4:5")));
        assertEquals(UidSet.of(9), view.resolveNumbers(SequenceSet.parse("*")));
        assertEquals(UidSet.of(3, 6, 9), view.resolveNumbers(SequenceSet.parse("*:3,1")));
        assertEquals(UidSet.EMPTY, view.resolveUids(SequenceSet.parse("4,7:8")));
        assertEquals(UidSet.of(9), view.resolveUids(SequenceSet.parse("100:*")));
        SelectedMailbox empty = open(UidSet.EMPTY, 1);
        assertNull(empty.resolveNumbers(SequenceSet.parse("*")));
        assertEquals(UidSet.EMPTY, empty.resolveUids(SequenceSet.parse("1:*")));
    }

    @Test
    void whatTheSessionHasToldItselfIsNoNews() throws Exception {
        SelectedMailbox view = open(UidSet.of(1, 2), 1);
        view.apply(
                new Commit(2, 0, List.of(flags(1, Flags.SEEN), flags(2, Flags.SEEN))), SelectedMailbox.Known.NOTHING);
        view.apply(new Commit(3, 9, List.of(flags(1, Flags.DELETED))), SelectedMailbox.Known.FLAGS);
        List<String> told = new ArrayList<>();
        view.tell(recorder(told));
        assertEquals(List.of("FLAGS 2 \\Seen"), told);
    }

    @Test
    void whatIsOlderThanTheSnapshotIsNoNews() throws Exception {
        SelectedMailbox view = open(UidSet.of(1), 5);
        view.apply(new Commit(5, 0, List.of(new Change.Removed(BOX, UidSet.of(1)))), SelectedMailbox.Known.NOTHING);
        view.apply(
                new Commit(5, 0, List.of(new Change.MailboxDeleted(BOX, MailboxName.of("box")))),
                SelectedMailbox.Known.NOTHING);
        assertFalse(view.hasPending());
        assertFalse(view.deleted());
    }

    @Test
    void afterAnOverflowTheDifferenceIsTold() throws Exception {
        SelectedMailbox view = open(UidSet.of(1, 2, 3), 1);
        view.apply(new Commit(2, 0, List.of(flags(1, Flags.SEEN))), SelectedMailbox.Known.NOTHING);
        view.resynchronize(UidSet.of(2, 3, 5), 10);
        view.noteFlags(3, Flags.of(Flags.FLAGGED), 8);
        view.noteFlags(5, Flags.NONE, 9);
        // Commits that the new reading has in it.
        view.apply(new Commit(10, 0, List.of(new Change.Removed(BOX, UidSet.of(2)))), SelectedMailbox.Known.NOTHING);
        List<String> told = new ArrayList<>();
        view.tell(recorder(told));
        assertEquals(List.of("EXPUNGE 1", "EXISTS 3", "FLAGS 2 \\Flagged", "FLAGS 3 "), told);
    }

    private static Change flags(long uid, int bits) {
        return new Change.FlagsChanged(BOX, List.of(new Change.Entry(uid, Flags.of(bits))));
    }

    private static SelectedMailbox.Updates recorder(List<String> told) {
        return new SelectedMailbox.Updates() {
            @Override
            public void expunged(long number, long uid) {
                told.add("EXPUNGE " + number);
            }

            @Override
            public void exists(long count) {
                told.add("EXISTS " + count);
            }

            @Override
            public void flags(long number, long uid, Flags flags, long modSeq) {
                told.add("FLAGS " + number + " " + flags);
            }
        };
    }
}
