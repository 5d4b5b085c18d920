package org.moxmail.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.BaseSubject;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageId;
import org.moxmail.message.Part;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;

/**
 * Puts a message into a thread (RFC 8474 §5.2). The first of these that finds a message which is there decides:
 *
 * <ol>
 *   <li>the oldest with the same Message-ID, whatever its subject;
 *   <li>of those it refers to, closest first, the oldest with the same base subject (RFC 5256 §2.1), which a delivery
 *       report needn't have;
 *   <li>for a reply or forward that refers to nothing, the latest with the same base subject that came to the same mailbox
 *       and was received at most four weeks before it, or a day after.
 * </ol>
 *
 * <p>Otherwise it begins a thread of its own. Which thread a message is in never changes (RFC 8474 §5.2).
 *
 * <p>Links are rows, two per message at most. A hash of the Message-ID and the message's id lead to the thread and a hash
 * of the base subject; a hash of the base subject, the mailbox, the time and the message's id lead to the thread. A
 * message's details say by their link key which rows it has: 16 octets of the one hash and 8 of the other, or 8, 4 and 8 of
 * the second row's key, or all 36; nothing, when there is neither Message-ID nor base subject.
 */
final class Threads {
    private static final int FORMAT = 1;
    private static final int ID_OCTETS = 16;
    private static final int SUBJECT_OCTETS = 8;
    /** Octets that a base subject, a mailbox and a time have in a key. */
    private static final int TOPIC_OCTETS = SUBJECT_OCTETS + 4 + 8;
    /** References looked up per message; a longer list is somebody's mistake or attack. */
    private static final int MAX_REFERENCES = 100;
    /** Messages of one Message-ID or subject that are looked at; expunged ones have links until they are erased. */
    private static final int MAX_CANDIDATES = 100;

    private static final Duration BEFORE = Duration.ofDays(28);
    private static final Duration AFTER = Duration.ofDays(1);

    /**
     * What links a message.
     *
     * @param id hash of its Message-ID; empty when it has none
     * @param subject hash of its base subject
     * @param topic whether there is a base subject
     * @param response whether the subject is that of a reply or forward
     * @param referring whether it refers to anything, itself included
     * @param references hashes of the Message-IDs of others that it refers to, closest first
     * @param report whether it is a delivery report
     */
    record Links(
            byte[] id,
            byte[] subject,
            boolean topic,
            boolean response,
            boolean referring,
            List<byte[]> references,
            boolean report) {
        /** The link key of a message that came to a mailbox at a time. */
        byte[] key(long mailboxId, long receivedMillis) {
            Key.Builder key = Key.builder().octets(id);
            if (topic) {
                key.octets(Threads.topic(subject, mailboxId, receivedMillis));
            } else if (id.length > 0) {
                key.octets(subject);
            }
            return key.build().octets();
        }
    }

    private Threads() {}

    /** Reads the links from a message's header; never fails for what is in it. */
    static Links links(MessageContent content, Part part) throws IOException {
        HeaderFields header = HeaderFields.read(content, part);
        BaseSubject subject = BaseSubject.of(header.first("Subject").orElse(""));
        String own = header.first("Message-ID").map(Threads::canonical).orElse("");
        List<String> ids = MessageId.referenced(header.all("References"), header.all("In-Reply-To"));
        List<byte[]> references = new ArrayList<>();
        for (int i = ids.size() - 1; i >= 0 && references.size() < MAX_REFERENCES; i--) {
            if (!ids.get(i).equals(own)) {
                references.add(hash(ids.get(i), ID_OCTETS));
            }
        }
        boolean report = part.type().equals("multipart")
                && part.subtype().equals("report")
                && part.parameter("report-type").orElse("").equalsIgnoreCase("delivery-status");
        return new Links(
                own.isEmpty() ? new byte[0] : hash(own, ID_OCTETS),
                hash(subject.text(), SUBJECT_OCTETS),
                !subject.text().isEmpty(),
                subject.response(),
                !ids.isEmpty(),
                references,
                report);
    }

    private static String canonical(String messageId) {
        try {
            return MessageId.parse(messageId).canonical();
        } catch (SyntaxException e) {
            // What isn't an identifier links nothing.
            return "";
        }
    }

    private static byte[] hash(String text, int octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] topic(byte[] subject, long mailboxId, long receivedMillis) {
        // Times before 1970 come before the others.
        return Key.builder()
                .octets(subject)
                .u32(mailboxId)
                .u64(receivedMillis ^ Long.MIN_VALUE)
                .build()
                .octets();
    }

    /** The thread of a new message that came to a mailbox: {@code messageId} itself when nothing links it. */
    static long thread(ReadTx tx, Links links, long mailboxId, long receivedMillis, long messageId) {
        if (links.id.length > 0) {
            long same = find(tx, links.id, links.subject, true);
            if (same != 0) {
                return same;
            }
        }
        for (byte[] reference : links.references) {
            long parent = find(tx, reference, links.subject, links.report);
            if (parent != 0) {
                return parent;
            }
        }
        if (!links.referring && links.response && links.topic) {
            long answered = answered(tx, links.subject, mailboxId, receivedMillis);
            return answered == 0 ? messageId : answered;
        }
        return messageId;
    }

    /** The thread of the oldest message with a Message-ID, or 0. */
    private static long find(ReadTx tx, byte[] id, byte[] subject, boolean anySubject) {
        try (KvCursor cursor = tx.kv().ascend(Tables.THREAD_LINKS, id, Key.end(id))) {
            for (int looked = 0; looked < MAX_CANDIDATES && cursor.next(); looked++) {
                RowReader in = link(cursor);
                long thread = in.number();
                if ((anySubject || Arrays.equals(in.octets(), subject)) && there(tx, messageId(cursor.key()))) {
                    return thread;
                }
            }
        }
        return 0;
    }

    /** The thread of the latest message that a reply to a subject may be the answer to, or 0. */
    private static long answered(ReadTx tx, byte[] subject, long mailboxId, long receivedMillis) {
        byte[] from = topic(subject, mailboxId, receivedMillis - BEFORE.toMillis());
        byte[] to = topic(subject, mailboxId, receivedMillis + AFTER.toMillis() + 1);
        try (KvCursor cursor = tx.kv().descend(Tables.THREAD_TOPICS, from, to)) {
            for (int looked = 0; looked < MAX_CANDIDATES && cursor.next(); looked++) {
                if (there(tx, messageId(cursor.key()))) {
                    return link(cursor).number();
                }
            }
        }
        return 0;
    }

    private static RowReader link(KvCursor cursor) {
        RowReader in = new RowReader(cursor.value());
        if (in.u8() != FORMAT) {
            throw new StoreException("a thread's link has an unknown format");
        }
        return in;
    }

    /** The message that a link belongs to, which ends its key. */
    static long messageId(byte[] key) {
        return new RowReader(key, key.length - 8).u64();
    }

    /** Whether a message is in a mailbox still. */
    private static boolean there(ReadTx tx, long messageId) {
        Optional<DetailsRow> found = tx.get(Tables.DETAILS, Key.of(messageId));
        if (found.isEmpty()) {
            return false;
        }
        DetailsRow row = found.get();
        return tx.has(Tables.MAILBOXES, MailboxRow.key(row.mailboxId()))
                && tx.kv().get(Tables.MESSAGES, NarrowRow.key(row.mailboxId(), row.uid())) != null;
    }

    /** A row that leads to a message's thread. */
    record Link(int table, byte[] key, byte[] value) {}

    /** The rows that lead to a message's thread. */
    static List<Link> links(DetailsRow row) {
        byte[] key = row.linkKey();
        List<Link> links = new ArrayList<>(2);
        if (key.length >= ID_OCTETS + SUBJECT_OCTETS) {
            byte[] subject = Arrays.copyOfRange(key, ID_OCTETS, ID_OCTETS + SUBJECT_OCTETS);
            RowWriter value = new RowWriter();
            value.u8(FORMAT).number(row.threadId()).octets(subject);
            links.add(new Link(
                    Tables.THREAD_LINKS, key(Arrays.copyOf(key, ID_OCTETS), row.messageId()), value.toOctets()));
        }
        if (key.length == TOPIC_OCTETS || key.length == ID_OCTETS + TOPIC_OCTETS) {
            byte[] topic = Arrays.copyOfRange(key, key.length - TOPIC_OCTETS, key.length);
            RowWriter value = new RowWriter();
            value.u8(FORMAT).number(row.threadId());
            links.add(new Link(Tables.THREAD_TOPICS, key(topic, row.messageId()), value.toOctets()));
        }
        return links;
    }

    private static byte[] key(byte[] hash, long messageId) {
        return Key.builder().octets(hash).u64(messageId).build().octets();
    }

    static void add(Tx tx, DetailsRow row) {
        links(row).forEach(link -> tx.writeKv().put(link.table, link.key, link.value));
    }

    static void remove(Tx tx, DetailsRow row) {
        links(row).forEach(link -> tx.writeKv().delete(link.table, link.key));
    }

    /** Whether a row that leads to a message's thread is there. */
    static boolean has(KvRead kv, Link link) {
        return Arrays.equals(kv.get(link.table, link.key), link.value);
    }
}
