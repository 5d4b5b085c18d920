/**
 * The SMTP client engine: one connection to one server, over which messages are delivered.
 *
 * <p>RFC 5321 with EHLO's extensions PIPELINING (2920), SIZE (1870), 8BITMIME (6152), SMTPUTF8 (6531), STARTTLS (3207), AUTH
 * (4954), ENHANCEDSTATUSCODES (2034), REQUIRETLS (8689), LIMITS (9422), DSN (3461) and CHUNKING (3030). Finding hosts,
 * connecting, and deciding which TLS is good enough are the caller's.
 */
@NullMarked
package org.moxmail.smtp.client;

import org.jspecify.annotations.NullMarked;
