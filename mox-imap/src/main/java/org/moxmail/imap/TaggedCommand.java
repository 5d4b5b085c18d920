package org.moxmail.imap;

/** A command with its tag, RFC 9051 §2.2.1. */
public record TaggedCommand(Tag tag, ImapCommand command) {}
