package org.moxmail.mtasts;

import java.util.Objects;

/**
 * A field that this version of the standard doesn't know, kept as it was, RFC 8461 §3.1 and §3.2.
 *
 * @param name 1 to 32 letters, digits, {@code _}, {@code -} and {@code .}, the first a letter or digit
 * @param value not empty
 */
public record Extension(String name, String value) {
    public Extension {
        if (!isName(name)) {
            throw new IllegalArgumentException("extension name " + name);
        }
        if (Objects.requireNonNull(value).isEmpty()) {
            throw new IllegalArgumentException("empty extension value");
        }
    }

    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 32 || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-' || c == '.');
    }

    static boolean isAlphanumeric(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
