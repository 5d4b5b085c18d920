package org.moxmail.smtp;

/** What became of reading the parameters of MAIL or RCPT. */
public sealed interface ParamOutcome<T> {
    /** All were understood. */
    record Understood<T>(T params) implements ParamOutcome<T> {}

    /** A keyword that no known extension has. */
    record UnknownKeyword<T>(String keyword) implements ParamOutcome<T> {}

    /** A known keyword with a value that is well-formed but not one of those defined, such as {@code BODY=9BIT}. */
    record UnknownValue<T>(String keyword) implements ParamOutcome<T> {}

    /** A keyword given twice, or two that exclude each other. */
    record Conflict<T>(String keyword) implements ParamOutcome<T> {}

    /** A value that breaks the keyword's grammar, or is missing, or must not be there. */
    record Malformed<T>(String keyword, String expected) implements ParamOutcome<T> {}
}
