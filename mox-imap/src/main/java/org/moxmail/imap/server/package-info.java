/**
 * The IMAP server engine (RFC 9051 and RFC 3501 with extensions, see {@link org.moxmail.imap.server.ImapServer}) and the
 * interfaces through which it asks for mail: {@link org.moxmail.imap.server.ImapService},
 * {@link org.moxmail.imap.server.AccountMail} and what they lead to.
 *
 * <pre>{@code
 * ImapServer server = new ImapServer(
 *         service, ImapOptions.DEFAULT, ImapServerLimits.DEFAULT, null, timing, threads, ImapEvents.NONE);
 * try (ServerSocket listener = new ServerSocket(143)) {
 *     while (!stopped) {
 *         Socket socket = listener.accept();
 *         ImapPeer peer = new ImapPeer("c" + ids.incrementAndGet(), remote(socket), local(socket));
 *         ImapConnection connection = server.adopt(socket, peer);
 *         threads.newThread(connection::run).start();
 *     }
 * }
 * }</pre>
 *
 * <p>The engine owns everything that the standards say of the conversation: tags, states, message numbers, when an EXPUNGE
 * may be told, literals. Message numbers never reach the application, which knows UIDs and mod-sequences. A connection is
 * one thread that runs from top to bottom; only while a client idles has it a second one.
 *
 * <p>Left out so far: QRESYNC (RFC 7162 §3.2), NOTIFY, METADATA, QUOTA, REPLACE, MULTISEARCH, UIDONLY and COMPRESS.
 */
@NullMarked
package org.moxmail.imap.server;

import org.jspecify.annotations.NullMarked;
