package org.moxmail.message;

import java.util.Locale;

/**
 * The subject without what replies, forwards and mailing lists add, by which messages are threaded: the base subject of
 * RFC 5256 §2.1, in lower case.
 *
 * @param text empty when nothing is left
 * @param response whether something was removed that marks a reply or forward
 */
public record BaseSubject(String text, boolean response) {
    /** The base of a subject, whose encoded-words were decoded. */
    public static BaseSubject of(String subject) {
        Stripper stripper = new Stripper(subject);
        String base = stripper.base();
        return new BaseSubject(base.indexOf('\0') >= 0 ? "" : base, stripper.response);
    }

    /** Strips until nothing changes; what is left is a part of the text, so only its ends move. */
    private static final class Stripper {
        /** Subjects longer than this are cut: none that a person wrote is, and looking for blobs takes quadratic time. */
        private static final int MAX_CHARS = 10_000;

        private final String text;
        private int from;
        private int to;
        private boolean response;

        Stripper(String subject) {
            text = oneSpace(
                    subject.substring(0, Math.min(subject.length(), MAX_CHARS)).toLowerCase(Locale.ROOT));
            to = text.length();
        }

        private static String oneSpace(String subject) {
            StringBuilder line = new StringBuilder(subject.length());
            for (int i = 0; i < subject.length(); i++) {
                char c = subject.charAt(i);
                if (c == '\r') {
                    continue;
                }
                boolean space = c == ' ' || c == '\t' || c == '\n';
                if (!space) {
                    line.append(c);
                } else if (line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            }
            return line.toString();
        }

        String base() {
            while (true) {
                trailers();
                while (leader() || blob()) {
                    // Each time something is gone from the front.
                }
                if (!starts("[fwd:", from) || text.charAt(to - 1) != ']') {
                    return text.substring(from, to).strip();
                }
                from += "[fwd:".length();
                to--;
                response = true;
            }
        }

        private boolean starts(String word, int at) {
            return at + word.length() <= to && text.startsWith(word, at);
        }

        /** subj-trailer. */
        private void trailers() {
            while (true) {
                if (to > from && text.charAt(to - 1) == ' ') {
                    to--;
                } else if (to - 5 >= from && text.startsWith("(fwd)", to - 5)) {
                    to -= 5;
                    response = true;
                } else {
                    return;
                }
            }
        }

        /** subj-leader: a space, or blobs, a word for reply or forward, perhaps a blob, and a colon. */
        private boolean leader() {
            if (starts(" ", from)) {
                from++;
                return true;
            }
            int at = from;
            int behind = blob(at);
            while (behind >= 0) {
                at = behind;
                behind = blob(at);
            }
            if (starts("re", at) || starts("fw", at)) {
                at += starts("fwd", at) ? 3 : 2;
            } else {
                return false;
            }
            if (starts(" ", at)) {
                at++;
            }
            behind = blob(at);
            at = behind >= 0 ? behind : at;
            if (!starts(":", at)) {
                return false;
            }
            from = at + 1;
            response = true;
            return true;
        }

        /** subj-blob at the front, unless nothing would be left. */
        private boolean blob() {
            int behind = blob(from);
            if (behind < 0 || behind == to) {
                return false;
            }
            from = behind;
            return true;
        }

        /** Where the blob that starts at {@code start} ends, or -1. */
        private int blob(int start) {
            if (!starts("[", start)) {
                return -1;
            }
            for (int i = start + 1; i < to; i++) {
                char c = text.charAt(i);
                if (c == '[') {
                    return -1;
                }
                if (c == ']') {
                    return starts(" ", i + 1) ? i + 2 : i + 1;
                }
            }
            return -1;
        }
    }
}
