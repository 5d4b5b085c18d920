package org.moxmail.imap.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.Charsets;
import org.moxmail.message.EncodedWords;
import org.moxmail.message.HeaderField;
import org.moxmail.message.HeaderFields;
import org.moxmail.message.HeaderText;
import org.moxmail.message.MessageContent;
import org.moxmail.message.Part;
import org.moxmail.message.PartBody;

/**
 * One message's header and body as SEARCH sees them. All body and text needles of a search are looked for in one pass, the
 * first time that one of them is asked for.
 */
final class SearchText {
    private final MessageContent content;
    private final Part message;
    private final List<Needle> bodyNeedles;
    private final List<Needle> textNeedles;
    private final OctetScan octets;
    private final int headerLimit;
    private @Nullable HeaderFields header;
    private boolean scanned;

    SearchText(
            MessageContent content,
            Part message,
            List<Needle> bodyNeedles,
            List<Needle> textNeedles,
            OctetScan octets,
            int headerLimit) {
        this.content = content;
        this.message = message;
        this.bodyNeedles = bodyNeedles;
        this.textNeedles = textNeedles;
        this.octets = octets;
        this.headerLimit = headerLimit;
    }

    /** Whether a field of a name has the needle in it, as it stands or decoded. */
    boolean inHeader(String name, Needle needle) throws IOException {
        if (header == null) {
            header = HeaderFields.parse(Parts.read(content, message.headerOffset(), message.bodyOffset(), headerLimit));
        }
        for (HeaderField field : header.fields()) {
            if (field.name().equalsIgnoreCase(name) && (needle.in(field.value()) || needle.in(field.text()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a needle, one of those given at the start, is in the message. */
    boolean inMessage(Needle needle) throws IOException {
        if (!scanned) {
            scanned = true;
            bodyNeedles.forEach(Needle::reset);
            textNeedles.forEach(Needle::reset);
            scan(message);
        }
        return needle.found();
    }

    private boolean allFound() {
        return bodyNeedles.stream().allMatch(Needle::found)
                && textNeedles.stream().allMatch(Needle::found);
    }

    private void scan(Part part) throws IOException {
        if (allFound()) {
            return;
        }
        if (!textNeedles.isEmpty()) {
            scanHeader(part);
        }
        if (part.type().equals("text")) {
            scanText(part);
        }
        for (Part child : part.parts()) {
            scan(child);
        }
        if (part.message() != null) {
            scan(part.message());
        }
    }

    private void scanText(Part part) throws IOException {
        List<Needle> needles = needles();
        Optional<Charset> told = part.parameter("charset").flatMap(Charsets::find);
        // What says nothing, or nothing that is known, is taken for UTF-8 or windows-1252.
        if (told.isEmpty() || OctetScan.canScan(told.get())) {
            try (InputStream in = PartBody.decoded(content, part)
                    .map(InputStream.class::cast)
                    .orElseGet(() -> PartBody.raw(content, part))) {
                if (octets.scan(in, needles)) {
                    return;
                }
            }
        }
        try (Reader reader = PartBody.text(content, part)) {
            scan(reader, needles);
        }
    }

    private List<Needle> needles() {
        List<Needle> needles = new ArrayList<>(bodyNeedles);
        needles.addAll(textNeedles);
        return needles;
    }

    private static boolean hasEncodedWord(byte[] header) {
        for (int i = 0; i < header.length - 1; i++) {
            if (header[i] == '=' && header[i + 1] == '?') {
                return true;
            }
        }
        return false;
    }

    private void scanHeader(Part part) throws IOException {
        byte[] header = Parts.read(content, part.headerOffset(), part.bodyOffset(), headerLimit);
        if (octets.scan(header, textNeedles) && !hasEncodedWord(header)) {
            return;
        }
        String text = HeaderText.decode(header, 0, header.length);
        feed(text, textNeedles);
        if (text.contains("=?")) {
            feed(EncodedWords.decode(text), textNeedles);
        }
    }

    private static void feed(String text, List<Needle> needles) {
        needles.forEach(Needle::interrupt);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            feed(point, needles);
            i += Character.charCount(point);
        }
    }

    private static void feed(int point, List<Needle> needles) {
        int folded = Needle.fold(point);
        for (int i = 0; i < needles.size(); i++) {
            needles.get(i).feed(folded);
        }
    }

    private void scan(Reader reader, List<Needle> needles) throws IOException {
        needles.forEach(Needle::interrupt);
        char[] block = new char[8192];
        int high = 0;
        for (int count = reader.read(block); count >= 0 && !allFound(); count = reader.read(block)) {
            for (int i = 0; i < count; i++) {
                char c = block[i];
                if (Character.isHighSurrogate(c)) {
                    high = c;
                } else if (high != 0 && Character.isLowSurrogate(c)) {
                    feed(Character.toCodePoint((char) high, c), needles);
                    high = 0;
                } else {
                    feed(c, needles);
                    high = 0;
                }
            }
        }
    }
}
