package org.moxmail.message;

import java.util.List;

/** Makes a preview of text: what the author wrote, with a mark in place of what is quoted. */
final class PreviewLines {
    private static final String SNIP = "[...]";

    /** Octets after which no further line is taken. */
    private static final int ENOUGH = 250;

    /** A signature has fewer lines than this. */
    private static final int SIGNATURE_LINES = 5;

    private final List<String> lines;
    private final StringBuilder preview = new StringBuilder();
    private boolean snipped;

    PreviewLines(String text) {
        lines = text.lines().map(PreviewLines::clean).toList();
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

    String preview() {
        int i = 0;
        while (i < lines.size() && preview.length() < ENOUGH) {
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
    private String lineAfter(int i) {
        for (int j = i + 1; j < lines.size(); j++) {
            if (!lines.get(j).isEmpty()) {
                return lines.get(j);
            }
        }
        return "";
    }

    private int behindQuote(int from) {
        int i = from;
        while (i < lines.size() && (lines.get(i).isEmpty() || isQuote(lines.get(i)))) {
            i++;
        }
        return i;
    }

    /** A line such as "On 3 March, Alice wrote:". Behind other text it must have a digit, or it may be the author's. */
    private boolean isAttribution(String line) {
        return line.endsWith(":") && (preview.isEmpty() || line.chars().anyMatch(c -> c >= '0' && c <= '9'));
    }

    private boolean isWrappedAttribution(int i) {
        return preview.isEmpty()
                && lines.get(i).startsWith("On ")
                && i + 1 < lines.size()
                && lines.get(i + 1).endsWith(":")
                && isQuote(lineAfter(i + 1));
    }

    private boolean isSignature(int i) {
        String line = lines.get(i);
        if (line.length() < 2 || !line.chars().allMatch(c -> c == '-')) {
            return false;
        }
        int end = lines.size();
        while (end > i + 1 && lines.get(end - 1).isEmpty()) {
            end--;
        }
        return end - i - 1 < SIGNATURE_LINES
                && lines.subList(i + 1, end).stream().noneMatch(String::isEmpty);
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
