package org.moxmail.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.moxmail.dns.SyntaxException;
import org.moxmail.message.BaseSubject;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.MessageContent;
import org.moxmail.message.MessageId;
import org.moxmail.message.Part;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvRead;
import org.moxmail.store.kv.KvWrite;

/**
 * Puts a message into a thread (RFC 8474 §5.2): that of another message with the same Message-ID, or else that of the
 * closest message it refers to that has the same base subject (RFC 5256 §2.1); a delivery report needn't have it. Which
 * thread a message is in never changes.
 *
 * <p>Links are rows: a hash of the Message-ID and the message's id lead to the thread and a hash of the base subject.
 */
final class Threads {
    private static final int FORMAT = 1;
    private static final int ID_OCTETS = 16;
    private static final int SUBJECT_OCTETS = 8;
    /** References looked up per message; a longer list is somebody's mistake or attack. */
    private static final int MAX_REFERENCES = 100;

    /**
     * What links a message.
     *
     * @param own hash of its Message-ID and of its base subject; empty when it has no Message-ID
     * @param subject hash of its base subject
     * @param references hashes of the Message-IDs it refers to, closest first
     * @param report whether it is a delivery report
     */
    record Links(byte[] own, byte[] subject, List<byte[]> references, boolean report) {}

    private Threads() {}

    /** Reads the links from a message's header; never fails for what is in it. */
    static Links links(MessageContent content, Part part) throws IOException {
        HeaderFields header = HeaderFields.read(content, part);
        byte[] subject = hash(BaseSubject.of(header.first("Subject").orElse("")).text(), SUBJECT_OCTETS);
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
        byte[] key = own.isEmpty() ? new byte[0] : join(hash(own, ID_OCTETS), subject);
        return new Links(key, subject, references, report);
    }

    private static String canonical(String messageId) {
        try {
            return MessageId.parse(messageId).canonical();
        } catch (SyntaxException e) {
            // What isn't an identifier links nothing.
            return "";
        }
    }

    private static byte[] join(byte[] id, byte[] subject) {
        byte[] joined = Arrays.copyOf(id, id.length + subject.length);
        System.arraycopy(subject, 0, joined, id.length, subject.length);
        return joined;
    }

    private static byte[] hash(String text, int octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The thread that a new message belongs to: {@code messageId} itself when nothing links it. */
    static long thread(KvRead kv, Links links, long messageId) {
        if (links.own.length > 0) {
            long same = find(kv, Arrays.copyOf(links.own, ID_OCTETS), links.subject, true);
            if (same != 0) {
                return same;
            }
        }
        for (byte[] reference : links.references) {
            long parent = find(kv, reference, links.subject, links.report);
            if (parent != 0) {
                return parent;
            }
        }
        return messageId;
    }

    /** The thread of the oldest message with a Message-ID, or 0. */
    private static long find(KvRead kv, byte[] id, byte[] subject, boolean anySubject) {
        try (KvCursor cursor = kv.ascend(Tables.THREAD_LINKS, id, Key.end(id))) {
            while (cursor.next()) {
                RowReader in = new RowReader(cursor.value());
                if (in.u8() != FORMAT) {
                    throw new StoreException("a thread's link has an unknown format");
                }
                long thread = in.number();
                if (anySubject || Arrays.equals(in.octets(), subject)) {
                    return thread;
                }
            }
        }
        return 0;
    }

    private static byte[] key(DetailsRow row) {
        return Key.builder()
                .octets(Arrays.copyOf(row.linkKey(), ID_OCTETS))
                .u64(row.messageId())
                .build()
                .octets();
    }

    static void add(KvWrite kv, DetailsRow row) {
        if (row.linkKey().length > 0) {
            byte[] subject = Arrays.copyOfRange(row.linkKey(), ID_OCTETS, row.linkKey().length);
            RowWriter out = new RowWriter();
            out.u8(FORMAT).number(row.threadId()).octets(subject);
            kv.put(Tables.THREAD_LINKS, key(row), out.toOctets());
        }
    }

    static void remove(KvWrite kv, DetailsRow row) {
        if (row.linkKey().length > 0) {
            kv.delete(Tables.THREAD_LINKS, key(row));
        }
    }
}
