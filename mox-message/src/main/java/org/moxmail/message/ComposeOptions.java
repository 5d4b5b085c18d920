package org.moxmail.message;

/**
 * How a message is composed.
 *
 * @param smtpUtf8 whether header fields may have UTF-8 (RFC 6532); else all is put into ASCII. Implies 8-bit bodies
 * @param eightBit whether bodies may have octets above 127 (RFC 6152); else they are encoded
 * @param maxBytes octets of the message at most
 */
public record ComposeOptions(boolean smtpUtf8, boolean eightBit, long maxBytes) {
    /** What every mail server takes: ASCII only. */
    public static final ComposeOptions SEVEN_BIT = new ComposeOptions(false, false, Long.MAX_VALUE);

    public ComposeOptions {
        eightBit |= smtpUtf8;
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes);
        }
    }
}
