package org.moxmail.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What peers do against the standard and are forgiven. A listener has a set of them; the empty set is strictness itself.
 */
public enum Leniency {
    /** Spaces after the colon of {@code MAIL FROM:} and {@code RCPT TO:}, as many devices and old programs write. */
    SPACE_AFTER_COLON,
    /** White space at the end of a command line, as list senders and appliances leave. */
    TRAILING_SPACE,
    /** Text after an address literal in EHLO, set off by a space. */
    TEXT_AFTER_LITERAL,
    /** Anything as the argument of EHLO and HELO: desktop programs send host names with underscores, or nothing of use. */
    ANY_HELLO_NAME,
    /** Several spaces before the initial response of AUTH. */
    AUTH_SPACES,
    /** Localparts of 65 to 128 octets: generated bounce addresses of list senders exceed 64 (RFC 5321 §4.5.3.1.1). */
    LONG_LOCALPART,
    /** Line feeds without carriage return inside message data, except near a dot: common in mail of scripts. */
    BARE_LF,
    /** Octets above 127 in a message that was not declared as 8BITMIME. */
    UNDECLARED_8BIT;

    /** For a port where other servers bring mail. */
    public static final Set<Leniency> DELIVERY = Collections.unmodifiableSet(EnumSet.of(
            SPACE_AFTER_COLON, TRAILING_SPACE, TEXT_AFTER_LITERAL, LONG_LOCALPART, BARE_LF, UNDECLARED_8BIT));

    /** For a port where users hand in mail. */
    public static final Set<Leniency> SUBMISSION = Collections.unmodifiableSet(EnumSet.of(
            SPACE_AFTER_COLON,
            TEXT_AFTER_LITERAL,
            ANY_HELLO_NAME,
            AUTH_SPACES,
            LONG_LOCALPART,
            BARE_LF,
            UNDECLARED_8BIT));

    /** Forgives nothing. */
    public static final Set<Leniency> STRICT = Collections.unmodifiableSet(EnumSet.noneOf(Leniency.class));
}
