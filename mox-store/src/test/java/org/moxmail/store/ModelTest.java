package org.moxmail.store;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.moxmail.store.Fixture.DATE;
import static org.moxmail.store.Fixture.done;
import static org.moxmail.store.Fixture.fill;
import static org.moxmail.store.Fixture.flags;
import static org.moxmail.store.Fixture.large;
import static org.moxmail.store.Fixture.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.moxmail.message.mailbox.AppendResult;
import org.moxmail.message.mailbox.CopyResult;
import org.moxmail.message.mailbox.FlagEdit;
import org.moxmail.message.mailbox.Flags;
import org.moxmail.message.mailbox.MailboxInfo;
import org.moxmail.message.mailbox.MailboxName;
import org.moxmail.message.mailbox.Outcome;
import org.moxmail.message.mailbox.Spool;
import org.moxmail.message.mailbox.StoreResult;
import org.moxmail.message.mailbox.UidSet;
import org.moxmail.store.kv.KvEngine;
import org.moxmail.store.testing.FaultyFiles;
import org.moxmail.time.testing.FakeTiming;

/** Random operations on the store and on maps side by side. */
final class ModelTest {
    private record Message(String text, Flags flags, long modSeq, long messageId) {}

    private static final class Box {
        long uidNext = 1;
        final TreeMap<Long, Message> messages = new TreeMap<>();
        final TreeMap<Long, Long> expunged = new TreeMap<>();
    }

    private static final List<FlagEdit.Mode> MODES = List.of(FlagEdit.Mode.values());
    private static final String[] NAMES = {"Inbox", "a", "a/b", "c"};
    private static final String[] WORDS = {"\\Seen", "\\Deleted", "\\Flagged", "k1", "k2"};

    @TempDir
    Path temporary;

    private final Map<String, Box> model = new LinkedHashMap<>();
    private Random random = new Random(0);
    private @Nullable Account opened;

    @Test
    void agreesWithMapsInMemory() throws IOException {
        for (long seed = 1; seed <= 25; seed++) {
            FakeTiming timing = FakeTiming.at("2026-01-01T00:00:00Z");
            FaultyFiles files = new FaultyFiles();
            run(
                    seed,
                    80,
                    Path.of("/data"),
                    StoreOptions.standard()
                            .withLimits(Fixture.limits())
                            .withTiming(timing)
                            .withFiles(files)
                            .withEngine(KvEngine.memory(timing)));
            files.assertNothingOpen();
        }
    }

    @Test
    void agreesWithMapsOnDisk() throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            run(seed, 60, temporary.resolve("s" + seed), StoreOptions.standard().withLimits(Fixture.limits()));
        }
    }

    private void run(long seed, int steps, Path directory, StoreOptions options) throws IOException {
        random = new Random(seed);
        model.clear();
        model.put("Inbox", new Box());
        Store store = Store.open(directory, options);
        opened = store.account("ada");
        try {
            for (int i = 0; i < steps; i++) {
                step(i);
                if (random.nextInt(25) == 0) {
                    account().close();
                    store.close();
                    store = Store.open(directory, options);
                    opened = store.account("ada");
                }
                if (i % 10 == 0) {
                    compare(seed);
                }
            }
            compare(seed);
        } finally {
            account().close();
            store.close();
        }
    }

    private Account account() {
        return requireNonNull(opened);
    }

    private Box box(String name) {
        return requireNonNull(model.get(name));
    }

    private String name() {
        List<String> names = new ArrayList<>(model.keySet());
        return names.get(random.nextInt(names.size()));
    }

    private long id(String name) throws IOException {
        return account()
                .read(view -> view.mailbox(MailboxName.of(name)).orElseThrow().id());
    }

    private UidSet uids(Box box) {
        long first = 1 + random.nextLong(box.uidNext);
        return random.nextInt(5) == 0 ? UidSet.EVERY : UidSet.range(first, first + random.nextInt(4));
    }

    private Flags someFlags() {
        List<String> words = new ArrayList<>();
        for (String word : WORDS) {
            if (random.nextInt(3) == 0) {
                words.add(word);
            }
        }
        return flags(words.toArray(String[]::new));
    }

    private void step(int number) throws IOException {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> append(number);
            case 3, 4 -> store();
            case 5 -> transfer(false);
            case 6 -> transfer(true);
            case 7 -> expunge();
            case 8 -> create();
            default -> deleteOrRename();
        }
    }

    private void append(int number) throws IOException {
        String name = name();
        long id = id(name);
        String text = random.nextBoolean() ? message("m" + number) : large("m" + number);
        Flags flags = someFlags();
        try (Spool spool = fill(account().spool(), text)) {
            AppendResult result = done(account().write(view -> view.append(id, spool, flags, DATE)));
            Box box = box(name);
            assertEquals(box.uidNext++, result.uid());
            box.messages.put(result.uid(), new Message(text, flags, result.modSeq(), result.messageId()));
        }
    }

    private void store() throws IOException {
        String name = name();
        Box box = box(name);
        long id = id(name);
        UidSet set = uids(box);
        FlagEdit edit = new FlagEdit(MODES.get(random.nextInt(3)), someFlags());
        long guard = random.nextBoolean() ? -1 : random.nextLong(20);
        StoreResult result = done(account().write(view -> view.store(id, set, edit, guard)));
        box.messages.replaceAll((uid, message) -> {
            Flags after = edit.apply(message.flags);
            boolean left = !set.contains(uid) || guard >= 0 && message.modSeq > guard || after.equals(message.flags);
            return left ? message : new Message(message.text, after, result.modSeq(), message.messageId);
        });
    }

    private void transfer(boolean move) throws IOException {
        String from = name();
        String to = name();
        UidSet set = uids(box(from));
        long source = id(from);
        long target = id(to);
        CopyResult result =
                done(account().write(view -> move ? view.move(source, set, target) : view.copy(source, set, target)));
        List<Map.Entry<Long, Message>> taken = new ArrayList<>();
        box(from).messages.forEach((uid, message) -> {
            if (set.contains(uid)) {
                taken.add(Map.entry(uid, message));
            }
        });
        assertEquals(taken.size(), result.target().size());
        for (Map.Entry<Long, Message> entry : taken) {
            Message message = entry.getValue();
            if (move) {
                box(from).messages.remove(entry.getKey());
                box(from).expunged.put(entry.getKey(), result.modSeq());
            }
            Box box = box(to);
            long uid = box.uidNext++;
            box.messages.put(
                    uid, new Message(message.text, message.flags, result.modSeq(), move ? message.messageId : 0));
        }
    }

    private void expunge() throws IOException {
        String name = name();
        Box box = box(name);
        long id = id(name);
        UidSet set = uids(box);
        UidSet gone = done(account().write(view -> view.expunge(id, set)));
        long modSeq = account().read(MailReader::highestModSeq);
        for (long uid : List.copyOf(box.messages.keySet())) {
            if (set.contains(uid) && requireNonNull(box.messages.get(uid)).flags.has(Flags.DELETED)) {
                box.messages.remove(uid);
                box.expunged.put(uid, modSeq);
            }
        }
        gone.forEach(uid -> assertEquals(modSeq, box.expunged.get(uid)));
    }

    private void create() throws IOException {
        String name = NAMES[random.nextInt(NAMES.length)];
        Outcome<List<MailboxInfo>> outcome = account().write(view -> view.create(MailboxName.of(name), Set.of()));
        if (!model.containsKey(name)) {
            for (MailboxInfo made : done(outcome)) {
                model.put(made.name().toString(), new Box());
            }
        }
    }

    private void deleteOrRename() throws IOException {
        String name = name();
        if (random.nextBoolean()) {
            Outcome<MailboxName> outcome = account().write(view -> view.delete(MailboxName.of(name)));
            boolean leaf = model.keySet().stream().noneMatch(other -> other.startsWith(name + "/"));
            assertEquals(leaf && !name.equals("Inbox"), outcome instanceof Outcome.Done);
            if (outcome instanceof Outcome.Done) {
                model.remove(name);
            }
        } else if (!name.equals("Inbox")) {
            String target = "r" + random.nextInt(3);
            Outcome<MailboxName> outcome =
                    account().write(view -> view.rename(MailboxName.of(name), MailboxName.of(target)));
            assertEquals(!model.containsKey(target), outcome instanceof Outcome.Done);
            if (outcome instanceof Outcome.Done) {
                for (String old : List.copyOf(model.keySet())) {
                    if (old.equals(name) || old.startsWith(name + "/")) {
                        model.put(target + old.substring(name.length()), model.remove(old));
                    }
                }
            }
        }
    }

    private void compare(long seed) throws IOException {
        assertEquals(List.of(), account().verify(), "seed " + seed);
        long since = random.nextLong(30);
        for (Map.Entry<String, Box> entry : model.entrySet()) {
            Box box = entry.getValue();
            long id = id(entry.getKey());
            TreeMap<Long, Message> found = new TreeMap<>();
            TreeMap<Long, Message> changed = new TreeMap<>();
            account().read(view -> {
                view.messages(id, UidSet.EVERY, 0, row -> {
                    found.put(row.uid(), new Message("", row.flags(), row.modSeq(), row.messageId()));
                    return true;
                });
                view.messages(id, UidSet.EVERY, since, row -> {
                    changed.put(row.uid(), new Message("", row.flags(), row.modSeq(), row.messageId()));
                    return true;
                });
                UidSet.Builder gone = new UidSet.Builder();
                box.expunged.forEach((uid, modSeq) -> {
                    if (modSeq > since) {
                        gone.add(uid);
                    }
                });
                assertEquals(gone.build(), view.expungedSince(id, since), "seed " + seed);
                assertEquals(box.uidNext, view.mailbox(id).orElseThrow().uidNext());
                return true;
            });
            assertEquals(box.messages.keySet(), found.keySet(), "seed " + seed + " " + entry.getKey());
            for (Map.Entry<Long, Message> each : box.messages.entrySet()) {
                Message expected = each.getValue();
                Message actual = requireNonNull(found.get(each.getKey()));
                assertEquals(expected.flags, actual.flags, "seed " + seed);
                assertEquals(expected.modSeq, actual.modSeq, "seed " + seed);
                assertEquals(expected.text, Fixture.content(account(), actual.messageId), "seed " + seed);
                assertEquals(expected.modSeq > since, changed.containsKey(each.getKey()), "seed " + seed);
            }
        }
    }
}
