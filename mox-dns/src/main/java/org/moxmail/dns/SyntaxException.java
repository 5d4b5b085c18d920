package org.moxmail.dns;

/**
 * Text from outside doesn't follow its grammar. Says where and what was expected; stackless, because a parser may meet
 * millions of them.
 */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String expected;
    private final String rfc;

    /**
     * @param offset where in the input, counted from 0 in the unit of the input (chars of a string, octets of bytes)
     * @param expected what is wrong or was expected there, in words an operator can read
     * @param rfc the section that says so, such as {@code RFC 5321 §4.1.2}
     */
    public SyntaxException(int offset, String expected, String rfc) {
        super(expected + " at offset " + offset + " (" + rfc + ")", null, false, false);
        this.offset = offset;
        this.expected = expected;
        this.rfc = rfc;
    }

    /** Where in the input, from 0. */
    public int offset() {
        return offset;
    }

    /** What is wrong or was expected there. */
    public String expected() {
        return expected;
    }

    /** The section of the standard that says so. */
    public String rfc() {
        return rfc;
    }
}
