package org.moxmail.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.moxmail.dns.testing.ZoneResolver;
import org.moxmail.message.MessageContent;

/** Test data of this project and others, see the README files beside it. */
final class Suites {
    private Suites() {}

    static byte[] octets(String path) throws IOException {
        try (InputStream in = Suites.class.getResourceAsStream("/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        }
    }

    static String text(String path) throws IOException {
        return new String(octets(path), StandardCharsets.UTF_8);
    }

    /** Rows of a table, its head left out. */
    static List<String[]> rows(String path) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : text(path).lines().skip(1).toList()) {
            if (!line.isBlank()) {
                rows.add(line.split("\t", -1));
            }
        }
        return rows;
    }

    /** A text with LF for line ends as it goes over the wire. */
    static byte[] wire(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A file whose lines may end with LF as it goes over the wire. */
    static byte[] wireFile(String path) throws IOException {
        byte[] octets = octets(path);
        for (byte octet : octets) {
            if (octet == '\r') {
                return octets;
            }
        }
        return wire(new String(octets, StandardCharsets.ISO_8859_1));
    }

    static SignedMessage message(byte[] octets) throws IOException {
        return SignedMessage.of(MessageContent.of(octets));
    }

    /** The same message in pieces. */
    static SignedMessage streamed(byte[] octets, int piece) {
        return streamed(octets, piece, DkimLimits.DEFAULT);
    }

    static SignedMessage streamed(byte[] octets, int piece, DkimLimits limits) {
        SignedMessageFeed feed = new SignedMessageFeed(limits);
        for (int i = 0; i < octets.length; i += piece) {
            feed.feed(octets, i, Math.min(piece, octets.length - i));
        }
        return feed.finish();
    }

    /** A message with the TXT records it needs on top, as the mail-auth project keeps them. */
    record WithRecords(ZoneResolver dns, byte[] message) {
        static WithRecords read(String path) throws IOException {
            String text = new String(octets(path), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
            int empty = text.indexOf("\n\n");
            ZoneResolver dns = new ZoneResolver();
            for (String line : text.substring(0, empty).split("\n", -1)) {
                int space = line.indexOf(' ');
                dns.txt(line.substring(0, space), line.substring(space + 1));
            }
            return new WithRecords(dns, wire(text.substring(empty + 2)));
        }
    }
}
