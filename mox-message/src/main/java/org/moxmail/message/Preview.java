package org.moxmail.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/**
 * The first words of a message, for lists of messages: RFC 8970. They come from the first part that is plain text or HTML
 * and has something to say, quotes and signature left out; attachments, encrypted parts, the signature of a signed
 * multipart and embedded messages aren't looked at.
 */
public final class Preview {
    /** Characters at most, RFC 8970 §3.1 ("200 to 256"). */
    public static final int MAX_CHARACTERS = 256;

    /** Characters of a part that are read at most: text that starts later isn't what the message starts with. */
    private static final int MAX_READ = 1 << 20;

    private Preview() {}

    /**
     * Makes the preview of a message.
     *
     * @return lines that end in LF, in all {@link #MAX_CHARACTERS} characters at most; empty when there is no text
     */
    public static String of(MessageContent content, Part message) throws IOException {
        if ("attachment".equals(message.disposition())) {
            return "";
        }
        if (message.isMultipart()) {
            if (message.subtype().equals("encrypted")) {
                return "";
            }
            int count = message.subtype().equals("signed") ? 1 : Integer.MAX_VALUE;
            for (Part part : message.parts()) {
                String preview = count-- > 0 ? of(content, part) : "";
                if (!preview.isEmpty()) {
                    return preview;
                }
            }
            return "";
        }
        if (!message.type().equals("text")) {
            return "";
        }
        return switch (message.subtype()) {
            case "plain" -> ofPlain(content, message);
            case "html" -> ofText(new HtmlText(limited(content, message)).read());
            default -> "";
        };
    }

    private static String ofPlain(MessageContent content, Part part) throws IOException {
        // Line by line, since most previews need the first few only.
        try (BufferedReader reader = new BufferedReader(PartBody.text(content, part), 1024)) {
            PreviewLines lines = new PreviewLines(reader, MAX_READ);
            return lines.preview();
        }
    }

    /** Makes the preview of plain text. */
    public static String ofText(String text) {
        try {
            return new PreviewLines(new BufferedReader(new StringReader(text)), Integer.MAX_VALUE).preview();
        } catch (IOException e) {
            throw new IllegalStateException("a string can't fail to be read", e);
        }
    }

    /** Makes the preview of HTML. */
    public static String ofHtml(String html) {
        return ofText(new HtmlText(html.substring(0, Math.min(html.length(), MAX_READ))).read());
    }

    private static String limited(MessageContent content, Part part) throws IOException {
        try (Reader reader = PartBody.text(content, part)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            int read = reader.read(buffer);
            while (read > 0 && text.length() < MAX_READ) {
                text.append(buffer, 0, read);
                read = reader.read(buffer);
            }
            return text.toString();
        }
    }
}
