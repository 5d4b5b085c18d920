package org.moxmail.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What clients know about a mailbox: what was acknowledged must be there, what was tried may be, and nothing else is. A
 * message is known by its subject, with which it begins. Safe for many threads.
 */
public final class ExpectedMailbox {
    private static final Pattern BODY = Pattern.compile("BODY\\[\\] \\{(\\d+)\\}\r\n");
    private static final Pattern UID = Pattern.compile("^\\* \\d+ FETCH \\(.*?UID (\\d+)", Pattern.MULTILINE);
    private static final Pattern FLAGS = Pattern.compile("^\\* \\d+ FETCH \\(.*?FLAGS \\(([^)]*)\\)");

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    /** What was last seen there or acknowledged with its UID: UIDs to flags. */
    private final TreeMap<Integer, Set<String>> present = new TreeMap<>();

    private final Map<Integer, String> subjects = new HashMap<>();
    /** What somebody tried to put there, by subject. */
    private final Map<String, String> tried = new HashMap<>();

    private final Set<String> acknowledged = new HashSet<>();
    /** What somebody began to do and heard nothing of: UIDs to flags to be added, or null for an expunge. */
    private final Map<Integer, @Nullable String> pending = new HashMap<>();

    private int verifiedTo;

    /** @param name as IMAP has it */
    public ExpectedMailbox(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Somebody is about to put a message there. */
    public void trying(String subject, String message) {
        locked(() -> tried.put(subject, message));
    }

    /** It was acknowledged. */
    public void arrived(String subject) {
        locked(() -> acknowledged.add(subject));
    }

    /** Somebody is about to add a flag. */
    public void flagging(int uid, String flag) {
        locked(() -> pending.put(uid, flag));
    }

    /** It was acknowledged. */
    public void flagged(int uid, String flag) {
        locked(() -> {
            pending.remove(uid);
            present.get(uid).add(flag);
        });
    }

    /** Somebody is about to expunge a message. */
    public void expunging(int uid) {
        locked(() -> pending.put(uid, null));
    }

    /** It was acknowledged. */
    public void expunged(int uid) {
        locked(() -> {
            pending.remove(uid);
            present.remove(uid);
        });
    }

    /** Messages that were seen at the last verification and are still there. */
    public List<Integer> known() {
        lock.lock();
        try {
            return new ArrayList<>(present.keySet());
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Compares with what is there, and takes that for granted from then on. */
    public void verify(ImapTalk imap, String what) throws IOException {
        String where = what + ", " + name;
        imap.ok("SELECT " + name);
        Map<Integer, Set<String>> there = flags(imap.ok("UID FETCH 1:* (FLAGS)"));
        Map<Integer, String> messages = messages(imap.ok("UID FETCH " + (verifiedTo + 1) + ":* (BODY.PEEK[])"));
        lock.lock();
        try {
            verifyKnown(there, where);
            verifyNew(there, messages, where);
            pending.clear();
        } finally {
            lock.unlock();
        }
    }

    private void verifyKnown(Map<Integer, Set<String>> there, String where) {
        List<Integer> gone = new ArrayList<>();
        present.forEach((uid, flags) -> {
            boolean open = pending.containsKey(uid);
            Set<String> found = there.get(uid);
            if (found == null) {
                assertTrue(open && pending.get(uid) == null, where + ": lost " + uid + " " + subjects.get(uid));
                gone.add(uid);
                return;
            }
            Set<String> more = new TreeSet<>(found);
            more.removeAll(flags);
            // An expunge that nobody heard of may have got as far as marking the message.
            String maybe = open ? pending.getOrDefault(uid, null) : "";
            more.remove(maybe == null ? "\\Deleted" : maybe);
            assertTrue(found.containsAll(flags), where + ": " + uid + " has " + found + " of " + flags);
            assertEquals(Set.of(), more, where + ": flags of " + uid + " that nobody gave it");
        });
        gone.forEach(present::remove);
        for (int uid : there.keySet()) {
            assertTrue(uid > verifiedTo || present.containsKey(uid), where + ": " + uid + " came back");
        }
        present.replaceAll((uid, flags) -> new TreeSet<>(there.get(uid)));
    }

    private void verifyNew(Map<Integer, Set<String>> there, Map<Integer, String> messages, String where) {
        Set<String> found = new HashSet<>();
        for (Map.Entry<Integer, Set<String>> entry : there.entrySet()) {
            int uid = entry.getKey();
            if (uid <= verifiedTo) {
                continue;
            }
            String message = messages.get(uid);
            assertNotNull(message, where + ": no octets of " + uid);
            message = message.substring(message.indexOf("Subject: "));
            String subject = message.substring(9, message.indexOf("\r\n"));
            assertEquals(tried.get(subject), message, where + ": octets of " + uid + " " + subject);
            assertTrue(found.add(subject), where + ": twice " + subject);
            assertNull(subjects.put(uid, subject), where);
            present.put(uid, new TreeSet<>(entry.getValue()));
            verifiedTo = Math.max(verifiedTo, uid);
        }
        acknowledged.removeAll(found);
        assertEquals(Set.of(), acknowledged, where + ": acknowledged and lost");
        // Whatever was tried and isn't there by now must not come any more.
        tried.clear();
    }

    private static Map<Integer, Set<String>> flags(String said) {
        Map<Integer, Set<String>> all = new TreeMap<>();
        for (String line : said.split("\n")) {
            Matcher uid = UID.matcher(line);
            Matcher flags = FLAGS.matcher(line);
            if (uid.find() && flags.find()) {
                Set<String> set = new TreeSet<>(List.of(flags.group(1).split(" ")));
                set.remove("");
                set.remove("\\Recent");
                all.put(Integer.parseInt(uid.group(1)), set);
            }
        }
        return all;
    }

    private static Map<Integer, String> messages(String said) {
        Map<Integer, String> all = new TreeMap<>();
        Matcher body = BODY.matcher(said);
        Matcher uid = UID.matcher(said);
        int from = 0;
        while (body.find(from)) {
            int end = body.end() + Integer.parseInt(body.group(1));
            if (!uid.region(from, body.end()).find()) {
                throw new AssertionError("a message without its UID");
            }
            all.put(Integer.parseInt(uid.group(1)), said.substring(body.end(), end));
            from = end;
        }
        return all;
    }
}
