package org.moxmail.message;

/**
 * A parameter of Content-Type or Content-Disposition, RFC 2045 §5.1 and RFC 2231.
 *
 * @param name in lower case, without RFC 2231's section and charset marks
 * @param value continuations joined and percent-encoding decoded
 */
public record Parameter(String name, String value) {}
