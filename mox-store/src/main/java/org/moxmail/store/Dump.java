package org.moxmail.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.moxmail.store.kv.KvCursor;
import org.moxmail.store.kv.KvStore;

/**
 * All tables as lines of text, for moving to another engine and for looking at: {@code <table> <key> <value>}, the table's
 * number in decimal, key and value in hexadecimal, a dash for an empty one; first a line with the format, last one with
 * the number of rows, without which a dump is incomplete.
 */
final class Dump {
    private static final String FIRST = "mox-store dump 1";
    private static final String LAST = "end ";
    private static final int BATCH = 1_000;
    private static final int BATCH_OCTETS = 1 << 20;

    private record Row(int table, byte[] key, byte[] value) {}

    private Dump() {}

    /** Writes in several short snapshots: what changes meanwhile may be there half. */
    static void write(KvStore kv, Writer out, Progress progress) throws IOException {
        out.write(FIRST + "\n");
        long count = 0;
        for (int table = 0; table <= 255; table++) {
            byte[] from = new byte[0];
            List<Row> rows = rows(kv, table, from);
            while (!rows.isEmpty()) {
                progress.at("rows", count);
                for (Row row : rows) {
                    out.write(row.table + " " + hex(row.key) + " " + hex(row.value) + "\n");
                    // The next key is this one with a zero octet behind it.
                    from = Arrays.copyOf(row.key, row.key.length + 1);
                    count++;
                }
                rows = from.length > KvStore.MAX_KEY ? List.of() : rows(kv, table, from);
            }
        }
        out.write(LAST + count + "\n");
        out.flush();
    }

    private static List<Row> rows(KvStore kv, int table, byte[] from) {
        return kv.read(snapshot -> {
            List<Row> rows = new ArrayList<>();
            int octets = 0;
            try (KvCursor cursor = snapshot.ascend(table, from, null)) {
                while (rows.size() < BATCH && octets < BATCH_OCTETS && cursor.next()) {
                    Row row = new Row(table, cursor.key(), cursor.value());
                    octets += row.key.length + row.value.length;
                    rows.add(row);
                }
            }
            return rows;
        });
    }

    private static String hex(byte[] octets) {
        return octets.length == 0 ? "-" : HexFormat.of().formatHex(octets);
    }

    /** Reads into an empty store. */
    static void read(BufferedReader in, KvStore kv, Progress progress) throws IOException {
        if (!FIRST.equals(in.readLine())) {
            throw new IOException("not a dump of the store");
        }
        long count = 0;
        List<Row> rows = new ArrayList<>();
        int octets = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(LAST)) {
                put(kv, rows);
                if (!line.equals(LAST + count)) {
                    throw new IOException("the dump has " + count + " rows and says: " + line);
                }
                return;
            }
            Row row = parse(line);
            rows.add(row);
            count++;
            octets += row.key.length + row.value.length;
            if (rows.size() == BATCH || octets > BATCH_OCTETS) {
                put(kv, rows);
                rows.clear();
                octets = 0;
                progress.at("rows", count);
            }
        }
        throw new IOException("the dump ends too early");
    }

    private static void put(KvStore kv, List<Row> rows) {
        kv.write(tx -> {
            rows.forEach(row -> tx.put(row.table, row.key, row.value));
            return rows.size();
        });
    }

    private static Row parse(String line) throws IOException {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == 3) {
                return new Row(Integer.parseInt(parts[0]), octets(parts[1]), octets(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a row of a dump: " + line, e);
        }
        throw new IOException("not a row of a dump: " + line);
    }

    private static byte[] octets(String hex) {
        return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }
}
