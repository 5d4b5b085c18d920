package org.moxmail.tlsrpt;

import java.util.Objects;

/**
 * A field of a record that this version of the standard doesn't know, kept as it was, RFC 8460 §3.
 *
 * @param name 1 to 32 letters, digits, {@code _}, {@code -} and {@code .}, the first a letter or digit; not {@code rua}
 * @param value not empty; printable ASCII without {@code =}, {@code ;} and space
 */
public record Extension(String name, String value) {
    public Extension {
        if (!isName(name) || name.equals(TlsRptRecord.RUA)) {
            throw new IllegalArgumentException("extension name " + name);
        }
        if (!isValue(Objects.requireNonNull(value))) {
            throw new IllegalArgumentException("value of extension " + name);
        }
    }

    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 32 || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-' || c == '.');
    }

    static boolean isValue(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '=' && c != ';');
    }

    static boolean isAlphanumeric(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
