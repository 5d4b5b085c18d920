package org.moxmail.imap;

import org.moxmail.message.mailbox.MailboxName;

/**
 * A mailbox name in which {@code *} stands for any text and {@code %} for any text without the hierarchy separator,
 * RFC 9051 §6.3.9.
 *
 * @param text the decoded pattern, without NUL
 */
public record ListPattern(String text) {
    public ListPattern {
        Grammar.mailbox(text);
    }

    /** This pattern below a reference name, which is put in front. */
    public ListPattern under(String reference) {
        if (reference.isEmpty()) {
            return this;
        }
        boolean joined = reference.endsWith("/") || text.isEmpty() || text.startsWith("/");
        return new ListPattern(joined ? reference + text : reference + MailboxName.SEPARATOR + text);
    }

    /** Whether a mailbox's name matches. A whole first element {@code inbox} matches in any case, RFC 9051 §5.1. */
    public boolean matches(MailboxName name) {
        return matches(canonical(), name.toString());
    }

    private String canonical() {
        int end = text.indexOf(MailboxName.SEPARATOR);
        String first = end < 0 ? text : text.substring(0, end);
        return first.equalsIgnoreCase("inbox") ? MailboxName.INBOX + text.substring(first.length()) : text;
    }

    /**
     * Keeps the set of pattern positions that are reachable, as a bit per position, so that the cost is the product of
     * the lengths whatever the pattern: backtracking would be exponential in hostile ones.
     */
    private static boolean matches(String pattern, String name) {
        int length = pattern.length();
        boolean[] at = new boolean[length + 1];
        at[0] = true;
        skipWildcards(pattern, at);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean[] next = new boolean[length + 1];
            boolean alive = false;
            for (int j = 0; j < length; j++) {
                if (at[j]) {
                    char p = pattern.charAt(j);
                    if (p == '*' || p == '%' && c != MailboxName.SEPARATOR) {
                        next[j] = true;
                        alive = true;
                    } else if (p == c && p != '%') {
                        next[j + 1] = true;
                        alive = true;
                    }
                }
            }
            if (!alive) {
                return false;
            }
            skipWildcards(pattern, next);
            at = next;
        }
        return at[length];
    }

    private static void skipWildcards(String pattern, boolean[] at) {
        for (int j = 0; j < pattern.length(); j++) {
            if (at[j] && (pattern.charAt(j) == '*' || pattern.charAt(j) == '%')) {
                at[j + 1] = true;
            }
        }
    }
}
