package org.moxmail.spf;

/** What a match of a mechanism means, RFC 7208 §4.6.2. */
public enum Qualifier {
    /** {@code +}, or none. */
    PASS('+', SpfResult.PASS),
    /** {@code -} */
    FAIL('-', SpfResult.FAIL),
    /** {@code ~} */
    SOFTFAIL('~', SpfResult.SOFTFAIL),
    /** {@code ?} */
    NEUTRAL('?', SpfResult.NEUTRAL);

    private final char sign;
    private final SpfResult result;

    Qualifier(char sign, SpfResult result) {
        this.sign = sign;
        this.result = result;
    }

    /** The char before the mechanism. */
    public char sign() {
        return sign;
    }

    /** The result of a match. */
    public SpfResult result() {
        return result;
    }
}
