package org.moxmail.message.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The flags and keywords of a message. System flags and the well-known keywords are bits; other keywords are lower-case
 * words in sorted order.
 */
public final class Flags {
    /** {@code \Seen}, RFC 9051 §2.3.2. */
    public static final int SEEN = 1;

    public static final int ANSWERED = 1 << 1;
    public static final int FLAGGED = 1 << 2;
    public static final int DELETED = 1 << 3;
    public static final int DRAFT = 1 << 4;
    /** {@code $Forwarded}, RFC 9051 §2.3.2; the following three too. */
    public static final int FORWARDED = 1 << 5;

    public static final int JUNK = 1 << 6;
    public static final int NOTJUNK = 1 << 7;
    public static final int PHISHING = 1 << 8;
    public static final int MDNSENT = 1 << 9;
    /** All bits that have a meaning. */
    public static final int ALL = (1 << 10) - 1;

    /** The bits' words, in bit order, which is also the order in which they are written. */
    private static final List<String> WORDS = List.of(
            "\\Seen",
            "\\Answered",
            "\\Flagged",
            "\\Deleted",
            "\\Draft",
            "$Forwarded",
            "$Junk",
            "$NotJunk",
            "$Phishing",
            "$MDNSent");

    /** Most keywords' characters; RFC 9051 leaves it open, and rows and responses need a bound. */
    public static final int MAX_KEYWORD = 255;

    public static final Flags NONE = new Flags(0, List.of());

    private final int bits;
    private final List<String> keywords;

    private Flags(int bits, List<String> keywords) {
        this.bits = bits;
        this.keywords = keywords;
    }

    /**
     * @param bits a union of the constants above
     * @param keywords other keywords, in any case and order, repeats allowed
     * @throws IllegalArgumentException for an unknown bit or a keyword that isn't one (see {@link #isKeyword})
     */
    public static Flags of(int bits, Collection<String> keywords) {
        if ((bits & ~ALL) != 0) {
            throw new IllegalArgumentException("unknown flag bits " + Integer.toHexString(bits & ~ALL));
        }
        if (keywords.isEmpty()) {
            return bits == 0 ? NONE : new Flags(bits, List.of());
        }
        int all = bits;
        TreeSet<String> sorted = new TreeSet<>();
        for (String keyword : keywords) {
            int bit = bit(keyword);
            if (bit != 0 && !keyword.startsWith("\\")) {
                all |= bit;
            } else if (isKeyword(keyword)) {
                sorted.add(keyword.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException("not a keyword: " + keyword);
            }
        }
        return new Flags(all, List.copyOf(sorted));
    }

    /** Flags of bits alone. */
    public static Flags of(int bits) {
        return of(bits, List.of());
    }

    /** The bit of a system flag or well-known keyword in any case, or 0. */
    public static int bit(String word) {
        for (int i = 0; i < WORDS.size(); i++) {
            if (WORDS.get(i).equalsIgnoreCase(word)) {
                return 1 << i;
            }
        }
        return 0;
    }

    /** Whether a word can be a keyword: an atom of at most {@link #MAX_KEYWORD} printable ASCII characters, RFC 9051 §9. */
    public static boolean isKeyword(String word) {
        if (word.isEmpty() || word.length() > MAX_KEYWORD) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c <= ' ' || c >= 0x7f || "(){%*\"\\]".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    public int bits() {
        return bits;
    }

    /** The keywords that have no bit: lower-case, sorted, unique. */
    public List<String> keywords() {
        return keywords;
    }

    /** Whether all of {@code bits} are set. */
    public boolean has(int bits) {
        return (this.bits & bits) == bits;
    }

    /** These and the other's. */
    public Flags plus(Flags other) {
        if (other.keywords.isEmpty()) {
            return (bits | other.bits) == bits ? this : new Flags(bits | other.bits, keywords);
        }
        TreeSet<String> all = new TreeSet<>(keywords);
        all.addAll(other.keywords);
        return new Flags(bits | other.bits, List.copyOf(all));
    }

    /** These without the other's. */
    public Flags minus(Flags other) {
        if (other.keywords.isEmpty() || keywords.isEmpty()) {
            return (bits & ~other.bits) == bits ? this : new Flags(bits & ~other.bits, keywords);
        }
        TreeSet<String> left = new TreeSet<>(keywords);
        other.keywords.forEach(left::remove);
        return new Flags(bits & ~other.bits, List.copyOf(left));
    }

    /** All words in writing order. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            if ((bits & 1 << i) != 0) {
                words.add(WORDS.get(i));
            }
        }
        words.addAll(keywords);
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flags that && bits == that.bits && keywords.equals(that.keywords);
    }

    @Override
    public int hashCode() {
        return 31 * bits + keywords.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
