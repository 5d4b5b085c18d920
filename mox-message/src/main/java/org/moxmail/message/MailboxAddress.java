package org.moxmail.message;

import org.jspecify.annotations.Nullable;

/**
 * One element of an address list as ENVELOPE tells it (RFC 9051 §7.5.2): a mailbox, or the start or end of a group.
 *
 * @param name the display name as it stands in the header (encoded-words are not decoded, quotes are removed), or null
 * @param adl the obsolete source route, or null
 * @param localpart what is left of the {@code @}; null marks the end of a group, and a group's start has its name here
 * @param host what is right of the {@code @}; null for the start and the end of a group
 */
public record MailboxAddress(
        @Nullable String name,
        @Nullable String adl,
        @Nullable String localpart,
        @Nullable String host) {}
