package org.moxmail.spf;

/** A word of a record, RFC 7208 §4.6.1. Its {@code toString} is how records have it. */
public sealed interface Term permits Directive, Modifier {}
