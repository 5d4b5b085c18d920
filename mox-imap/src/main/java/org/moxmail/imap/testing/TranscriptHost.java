package org.moxmail.imap.testing;

import org.moxmail.imap.server.ImapService;
import org.moxmail.time.testing.FakeTiming;

/**
 * What a {@link Transcript} runs on: a service with one user who may log in with PLAIN without TLS and whose mail is
 * fresh, with Inbox and the mailboxes Archive, Drafts, Junk, Sent and Trash, which have their special uses, all of them
 * subscribed. A new one is made for each run.
 *
 * @param service what the engine is given
 * @param timing the service's and the engine's clock, at 2026-01-01T00:00:00Z
 * @param user the user's name
 * @param password the user's password
 */
public record TranscriptHost(ImapService service, FakeTiming timing, String user, String password) {}
