/**
 * SASL mechanisms (RFC 4422) behind {@link javax.security.sasl.SaslServer} and {@link javax.security.sasl.SaslClient}:
 * SCRAM-SHA-256 and SCRAM-SHA-1 (RFC 5802, RFC 7677) with and without channel binding (RFC 5929, RFC 9266), CRAM-MD5
 * (RFC 2195), PLAIN (RFC 4616), LOGIN and EXTERNAL (RFC 4422 appendix A). No security layers, no provider registry: a
 * server makes its exchanges with {@link org.moxmail.sasl.SaslServers}, a client with {@link org.moxmail.sasl.SaslClients}.
 *
 * <h2>How a protocol engine drives an exchange</h2>
 *
 * <p>The engine needs only the JDK's interfaces, bytes after base64 decoding, and one rule: the mechanisms named
 * {@code LOGIN} and {@code CRAM-MD5} are server-first, all others here are client-first.
 *
 * <ul>
 *   <li>Client-first with an initial response: pass it to {@code evaluateResponse}, an empty one (sent as {@code =}) as an
 *       empty array.
 *   <li>Client-first without: send an empty challenge and pass what the client then sends. (PLAIN and SCRAM, in which no
 *       message is empty, also take a first empty array for "nothing yet" and return the empty challenge.)
 *   <li>Server-first without an initial response: call {@code evaluateResponse} with an empty array for the first
 *       challenge. LOGIN also takes a non-empty initial response as the user name, as some clients send it.
 *   <li>While {@code isComplete()} is false, the returned bytes are the next challenge (an empty array is an empty
 *       challenge). A SCRAM server's final message is a challenge too, which the client answers with an empty line.
 *   <li>When it is true the exchange has succeeded, and nothing more is to be sent. Failure is always an exception, one of
 *       {@link javax.security.sasl.AuthenticationException} for refused credentials (also
 *       {@link org.moxmail.sasl.ChannelBindingException}, {@link org.moxmail.sasl.AuthorizationException},
 *       {@link org.moxmail.sasl.MechanismUnavailableException}), {@link org.moxmail.sasl.TemporaryFailureException} when
 *       the accounts couldn't be asked, {@link org.moxmail.sasl.AbortedException} after {@code dispose}, and plain
 *       {@link javax.security.sasl.SaslException} for a malformed message.
 * </ul>
 *
 * <p>An exchange belongs to one thread; the factories and values may be shared by many.
 */
@NullMarked
package org.moxmail.sasl;

import org.jspecify.annotations.NullMarked;
