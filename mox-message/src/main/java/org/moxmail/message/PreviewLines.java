package org.moxmail.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a preview of text: what the author wrote, with a mark in place of what is quoted. Reads no further than it must,
 * so that the preview of a long text costs what that of a short one does.
 */
final class PreviewLines {
    private static final String SNIP = "[...]";

    /** Octets after which no further line is taken. */
    private static final int ENOUGH = 250;

    /** A signature has fewer lines than this. */
    private static final int SIGNATURE_LINES = 5;

    private final BufferedReader source;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder preview = new StringBuilder();
    /** Characters that may still be read. */
    private int left;

    private boolean afterCr;
    private boolean snipped;

    PreviewLines(BufferedReader source, int most) {
        this.source = source;
        left = most;
    }

    /** Whether there is a line {@code i}, which is read now when it wasn't yet. */
    private boolean has(int i) throws IOException {
        while (lines.size() <= i) {
            String line = read();
            if (line == null) {
                return false;
            }
            lines.add(clean(line));
        }
        return true;
    }

    /** The next line, which ends in CR, LF or both; null at the end. The line at which the limit is reached is cut. */
    private @Nullable String read() throws IOException {
        StringBuilder line = new StringBuilder();
        while (left > 0) {
            int c = source.read();
            if (c < 0) {
                left = 0;
                break;
            }
            left--;
            boolean behindCr = afterCr;
            afterCr = c == '\r';
            if (c == '\r' || c == '\n' && !behindCr) {
                return line.toString();
            }
            if (c != '\n') {
                line.append((char) c);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** Without blanks at the ends and with a space in place of control characters. */
    private static String clean(String line) {
        StringBuilder clean = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            clean.append(c < ' ' || c >= 0x7f && c <= 0x9f ? ' ' : c);
        }
        return clean.toString().strip();
    }

    String preview() throws IOException {
        int i = 0;
        while (preview.length() < ENOUGH && has(i)) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                i++;
            } else if (isQuote(line)) {
                i = behindQuote(i);
                snip();
            } else if (isAttribution(line) && isQuote(lineAfter(i))) {
                i++;
            } else if (isWrappedAttribution(i)) {
                i += 2;
            } else if (isSnip(line)) {
                snip();
                i++;
            } else if (isSignature(i)) {
                break;
            } else {
                add(line);
                i++;
            }
        }
        return cut();
    }

    private void add(String line) {
        preview.append(line).append('\n');
        snipped = false;
    }

    private void snip() {
        if (!snipped) {
            add(SNIP);
            snipped = true;
        }
    }

    private static boolean isQuote(String line) {
        return line.startsWith(">");
    }

    private static boolean isSnip(String line) {
        return line.equals(SNIP) || line.equals("[…]") || line.equals("...") || line.equals("…");
    }

    /** The first line that isn't empty behind line {@code i}; empty when there is none. */
    private String lineAfter(int i) throws IOException {
        for (int j = i + 1; has(j); j++) {
            if (!lines.get(j).isEmpty()) {
                return lines.get(j);
            }
        }
        return "";
    }

    private int behindQuote(int from) throws IOException {
        int i = from;
        while (has(i) && (lines.get(i).isEmpty() || isQuote(lines.get(i)))) {
            i++;
        }
        return i;
    }

    /** A line such as "On 3 March, Alice wrote:". Behind other text it must have a digit, or it may be the author's. */
    private boolean isAttribution(String line) {
        return line.endsWith(":") && (preview.isEmpty() || line.chars().anyMatch(c -> c >= '0' && c <= '9'));
    }

    private boolean isWrappedAttribution(int i) throws IOException {
        return preview.isEmpty()
                && lines.get(i).startsWith("On ")
                && has(i + 1)
                && lines.get(i + 1).endsWith(":")
                && isQuote(lineAfter(i + 1));
    }

    /** Dashes, a few lines behind them, and nothing else up to the end. */
    private boolean isSignature(int i) throws IOException {
        String line = lines.get(i);
        if (line.length() < 2 || !line.chars().allMatch(c -> c == '-')) {
            return false;
        }
        int end = i + 1;
        while (end - i - 1 < SIGNATURE_LINES && has(end) && !lines.get(end).isEmpty()) {
            end++;
        }
        return end - i - 1 < SIGNATURE_LINES && lineAfter(end - 1).isEmpty();
    }

    private String cut() {
        int end = preview.length();
        if (preview.codePointCount(0, end) > Preview.MAX_CHARACTERS) {
            end = preview.offsetByCodePoints(0, Preview.MAX_CHARACTERS - 1);
            preview.setLength(end);
            return preview.toString().strip() + '\n';
        }
        return preview.toString();
    }
}
