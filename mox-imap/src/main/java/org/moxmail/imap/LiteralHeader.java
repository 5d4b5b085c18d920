package org.moxmail.imap;

/**
 * What announces a literal, RFC 9051 §4.3: {@code {size}}, {@code {size+}}, {@code ~{size}}, {@code ~{size+}}.
 *
 * @param size octets that follow
 * @param synchronizing the sender waits for a continuation request; false is RFC 7888
 * @param binary literal8: NUL may be among the octets
 * @param utf8 wrapped in {@code UTF8 (...)}, RFC 6855 §4; then also binary
 */
public record LiteralHeader(long size, boolean synchronizing, boolean binary, boolean utf8) {
    public LiteralHeader {
        Grammar.number64(size);
        if (utf8 && !binary) {
            throw new IllegalArgumentException("UTF8 without literal8");
        }
    }
}
