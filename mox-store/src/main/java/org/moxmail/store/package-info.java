/**
 * Accounts' mail on disk: mailboxes, messages, flags, changes, secrets and quotas, durable when acknowledged.
 *
 * <pre>{@code
 * try (Store store = Store.open(directory, StoreOptions.standard());
 *         Account account = store.account("ada");
 *         Spool spool = store.spool()) {
 *     try (OutputStream out = spool.out()) {
 *         out.write("Subject: hello\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII));
 *     }
 *     DeliveryRequest request = new DeliveryRequest(
 *             MailboxName.INBOX, "Received: from a by b\r\n", Flags.NONE, Instant.EPOCH, "trace", "", "key");
 *     account.deliver(spool, request);
 *     account.read(view -> view.uids(view.mailbox(MailboxName.INBOX).orElseThrow().id()));
 * }
 * }</pre>
 *
 * <p>The store's side of RFC 9051 (UID, UIDVALIDITY, flags), RFC 7162, RFC 6851, RFC 6154, RFC 8474, RFC 8514, RFC 8970
 * and RFC 9208; conversation with clients is elsewhere.
 *
 * <p>Threads: stores, accounts, databases and cursors are safe for many threads, and their callers may be interrupted.
 * Views, rows, transactions and spools are for one thread at a time. Threads that the store makes come from the factory
 * in its options and must not be interrupted by others: an interrupt in a commit makes an account inoperative unless the
 * JVM runs with {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}. On Java 21 the engine's monitors pin the carrier of
 * a virtual thread while it commits or reads.
 */
@NullMarked
package org.moxmail.store;

import org.jspecify.annotations.NullMarked;
