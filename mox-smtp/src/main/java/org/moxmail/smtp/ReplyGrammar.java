package org.moxmail.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.moxmail.dns.SyntaxException;

/** Reads replies, RFC 5321 §4.2 and RFC 2034 §4. */
final class ReplyGrammar {
    private static final String RFC = "RFC 5321 §4.2";

    private ReplyGrammar() {}

    static SmtpReply parse(List<String> lines, boolean enhancedCodes) throws SyntaxException {
        if (lines.isEmpty()) {
            throw new SyntaxException(0, "a reply line", RFC);
        }
        int code = code(lines.getFirst());
        List<String> texts = new ArrayList<>();
        EnhancedCode enhanced = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (code(line) != code) {
                throw new SyntaxException(0, "the same code on each line", "RFC 5321 §4.2.1");
            }
            if (continued(line) != i < lines.size() - 1) {
                throw new SyntaxException(3, "one reply", "RFC 5321 §4.2.1");
            }
            String text = line.length() > 4 ? line.substring(4) : "";
            EnhancedCode own = enhancedCodes ? leadingCode(text, code) : null;
            if (i == 0) {
                enhanced = own;
            }
            if (own != null && own.equals(enhanced)) {
                text = text.substring(Math.min(own.toString().length() + 1, text.length()));
            }
            texts.add(text);
        }
        return new SmtpReply(code, enhanced, texts, SmtpReply.Pace.NORMAL);
    }

    /** Whether the reply goes on after {@code line}. */
    static boolean continued(String line) throws SyntaxException {
        if (line.length() == 3) {
            return false;
        }
        return switch (line.charAt(3)) {
            case ' ' -> false;
            case '-' -> true;
            default -> throw new SyntaxException(3, "space or '-' after the code", RFC);
        };
    }

    static int code(String line) throws SyntaxException {
        if (line.length() < 3
                || line.charAt(0) < '2'
                || line.charAt(0) > '5'
                || line.charAt(1) < '0'
                || line.charAt(1) > '5'
                || !Cursor.isDigit(line.charAt(2))) {
            throw new SyntaxException(0, "a reply code", RFC);
        }
        if (line.indexOf('\0') >= 0 || line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new SyntaxException(3, "text without control characters", RFC);
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static @Nullable EnhancedCode leadingCode(String text, int code) {
        int space = text.indexOf(' ');
        Optional<EnhancedCode> found = EnhancedCode.find(space < 0 ? text : text.substring(0, space));
        // RFC 2034 §4: the class digit must be the reply's first; others are told by servers that are confused.
        return found.filter(enhanced -> enhanced.category() == code / 100).orElse(null);
    }
}
