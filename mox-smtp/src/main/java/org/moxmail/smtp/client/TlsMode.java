package org.moxmail.smtp.client;

/** When to use TLS. */
public enum TlsMode {
    /** From the first octet on, as on port 465 (RFC 8314 §3.3). */
    IMMEDIATE,
    /** By STARTTLS, which is sent even if it isn't announced: an attacker may have taken it away. */
    REQUIRED,
    /** By STARTTLS when it is announced (RFC 7435). That it then fails is a failure; whether to go without is the caller's. */
    OPPORTUNISTIC,
    /** Not at all. */
    NONE
}
