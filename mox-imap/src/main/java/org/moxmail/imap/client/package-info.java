/**
 * An IMAP client (RFC 9051, RFC 3501) over any pair of streams: typed commands and responses, extensions where the server
 * has them, messages streamed in both directions. Blocking; one client is for one thread, except for
 * {@link org.moxmail.imap.client.ImapClient#done()} and {@link org.moxmail.imap.client.ImapClient#close()}.
 *
 * {@snippet :
 * try (ImapClient client = new ImapClient(ImapStreams.of(socket), ImapLimits.CLIENT)) {
 *     client.login("user@example.org", "secret");
 *     OpenMailbox inbox = client.select("INBOX");
 *     UidSet unseen = client.search(true, SearchKey.hasNot(Flags.of(Flags.SEEN)));
 *     for (var message : client.fetch(true, SequenceSet.of(unseen), List.of(FetchItem.Attribute.ENVELOPE))) {
 *         System.out.println(message);
 *     }
 *     client.logout();
 * }
 * }
 */
@NullMarked
package org.moxmail.imap.client;

import org.jspecify.annotations.NullMarked;
