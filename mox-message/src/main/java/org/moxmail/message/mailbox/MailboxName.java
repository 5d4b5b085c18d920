package org.moxmail.message.mailbox;

import java.text.Normalizer;
import java.util.Optional;
import org.moxmail.dns.SyntaxException;

/**
 * The full name of a mailbox: UTF-8 in NFC, elements separated by {@code /}, the first one {@code Inbox} however it was
 * spelled (RFC 9051 §5.1). A value that exists is valid.
 */
public final class MailboxName implements Comparable<MailboxName> {
    public static final MailboxName INBOX = new MailboxName("Inbox");
    public static final char SEPARATOR = '/';
    /** Most octets of UTF-8 in a name; ours, so that a key stays small. */
    public static final int MAX_BYTES = 1000;

    private final String text;

    private MailboxName(String text) {
        this.text = text;
    }

    /**
     * Reads a name that a user or client gave.
     *
     * @throws SyntaxException for an empty name or element, {@code .} and {@code ..}, a leading {@code #}, control
     *     characters, text that isn't NFC or is too long
     */
    public static MailboxName parse(String text) throws SyntaxException {
        if (text.isEmpty()) {
            throw error(0, "an empty mailbox name");
        }
        if (text.charAt(0) == '#') {
            throw error(0, "a mailbox name must not start with #");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029) {
                throw error(i, "a control character in a mailbox name");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw error(i, "half a surrogate pair in a mailbox name");
                }
                i++;
            }
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw error(0, "a mailbox name that isn't in Unicode normalization form C");
        }
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw error(MAX_BYTES, "a mailbox name of more than " + MAX_BYTES + " octets");
        }
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(SEPARATOR, start);
            end = end < 0 ? text.length() : end;
            String element = text.substring(start, end);
            if (element.isEmpty() || element.equals(".") || element.equals("..")) {
                throw error(start, "a mailbox name with an element that is empty, . or ..");
            }
            start = end + 1;
        }
        return canonical(text);
    }

    private static MailboxName canonical(String text) {
        int end = text.indexOf(SEPARATOR);
        String first = end < 0 ? text : text.substring(0, end);
        if (first.equalsIgnoreCase("inbox")) {
            return end < 0 ? INBOX : new MailboxName(INBOX.text + text.substring(end));
        }
        return new MailboxName(text);
    }

    private static SyntaxException error(int offset, String what) {
        return new SyntaxException(offset, what, "RFC 9051 §5.1");
    }

    /** A name that the program itself knows to be valid. */
    public static MailboxName of(String text) {
        try {
            return parse(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public boolean isInbox() {
        return text.equals(INBOX.text);
    }

    /** The name one level up. */
    public Optional<MailboxName> parent() {
        int end = text.lastIndexOf(SEPARATOR);
        return end < 0 ? Optional.empty() : Optional.of(new MailboxName(text.substring(0, end)));
    }

    /** Whether this is somewhere below {@code other}. */
    public boolean isBelow(MailboxName other) {
        return text.length() > other.text.length()
                && text.startsWith(other.text)
                && text.charAt(other.text.length()) == SEPARATOR;
    }

    /** This name with {@code from}, which is this name or above it, replaced by {@code to}. */
    public MailboxName moved(MailboxName from, MailboxName to) {
        if (!equals(from) && !isBelow(from)) {
            throw new IllegalArgumentException(text + " isn't below " + from.text);
        }
        return canonical(to.text + text.substring(from.text.length()));
    }

    @Override
    public int compareTo(MailboxName other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailboxName that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The name as text. */
    @Override
    public String toString() {
        return text;
    }
}
