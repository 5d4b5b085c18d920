package org.moxmail.spf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A piece of a {@link MacroString}, RFC 7208 §7.1. Its {@code toString} is how records have it. */
public sealed interface Macro {
    /**
     * Characters that stand for themselves.
     *
     * @param text one or more visible ASCII characters without {@code %}; spaces only in explanations
     */
    record Literal(String text) implements Macro {
        public Literal {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("an empty literal");
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c > '~' || c == '%') {
                    throw new IllegalArgumentException("not a literal: " + text);
                }
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A character that can't be written as it is. */
    enum Escape implements Macro {
        /** {@code %%}, a percent sign. */
        PERCENT("%%", "%"),
        /** {@code %_}, a space. */
        SPACE("%_", " "),
        /** {@code %-}, a space in a URL. */
        URL_SPACE("%-", "%20");

        private final String written;
        private final String expansion;

        Escape(String written, String expansion) {
            this.written = written;
            this.expansion = expansion;
        }

        String expansion() {
            return expansion;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /**
     * A parameter of the message or the connection, RFC 7208 §7.2.
     *
     * @param letter which parameter
     * @param escaped whether it's escaped for URLs, which an upper-case letter asks for
     * @param parts how many of the right-hand parts are used, from 1; 0 for all
     * @param reversed whether the order of the parts is reversed first
     * @param delimiters what separates parts, of {@code .-+,/_=}; empty for the dot
     */
    record Expansion(Letter letter, boolean escaped, int parts, boolean reversed, String delimiters) implements Macro {
        /** A number of parts that no value has: larger ones mean the same, so they're read as this. */
        public static final int MANY = 100_000;

        static final String DELIMITERS = ".-+,/_=";

        public Expansion {
            Objects.requireNonNull(letter);
            if (parts < 0 || parts > MANY) {
                throw new IllegalArgumentException("number of parts " + parts);
            }
            for (int i = 0; i < delimiters.length(); i++) {
                if (DELIMITERS.indexOf(delimiters.charAt(i)) < 0) {
                    throw new IllegalArgumentException("delimiters " + delimiters);
                }
            }
        }

        /** Whether the value is used as it is. */
        boolean plain() {
            return parts == 0 && !reversed && delimiters.isEmpty();
        }

        @Override
        public String toString() {
            char sign = letter.sign();
            return "%{" + (escaped ? (char) (sign - 'a' + 'A') : sign) + (parts == 0 ? "" : parts)
                    + (reversed ? "r" : "") + delimiters + "}";
        }
    }

    /** The parameters, RFC 7208 §7.2. */
    enum Letter {
        /** {@code s}, the sender. */
        SENDER('s', false),
        /** {@code l}, the sender's local part. */
        LOCAL_PART('l', false),
        /** {@code o}, the sender's domain. */
        SENDER_DOMAIN('o', false),
        /** {@code d}, the domain whose record is evaluated. */
        DOMAIN('d', false),
        /** {@code i}, the client's address, with dots. */
        IP('i', false),
        /** {@code p}, the client's confirmed name. Not to be used any more. */
        CONFIRMED_NAME('p', false),
        /** {@code h}, the HELO parameter. */
        HELO('h', false),
        /** {@code c}, the client's address for people; only in explanations. */
        READABLE_IP('c', true),
        /** {@code r}, the host that checks; only in explanations. */
        RECEIVER('r', true),
        /** {@code t}, seconds since 1970; only in explanations. */
        TIME('t', true),
        /** {@code v}, {@code in-addr} or {@code ip6}. */
        VERSION('v', false);

        private static final Letter[] BY_SIGN = new Letter['z' + 1];

        static {
            for (Letter letter : values()) {
                BY_SIGN[letter.sign] = letter;
            }
        }

        private final char sign;
        private final boolean explanationOnly;

        Letter(char sign, boolean explanationOnly) {
            this.sign = sign;
            this.explanationOnly = explanationOnly;
        }

        /** The letter in lower case. */
        public char sign() {
            return sign;
        }

        /** Whether it's allowed only in the text of an explanation. */
        public boolean explanationOnly() {
            return explanationOnly;
        }

        static @Nullable Letter ofSign(int sign) {
            return sign < 'a' || sign > 'z' ? null : BY_SIGN[sign];
        }
    }
}
