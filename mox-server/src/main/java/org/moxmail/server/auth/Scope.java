package org.moxmail.server.auth;

/** How much a login may do. */
public enum Scope {
    /** Everything that the account may. */
    FULL
}
