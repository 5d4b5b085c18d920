/**
 * The SMTP server engine, and the interfaces through which it asks for decisions.
 *
 * <p>The engine owns what RFC 5321 and its extensions say about conversation: grammar, order of commands, EHLO, PIPELINING
 * (RFC 2920), STARTTLS (RFC 3207), the AUTH exchange (RFC 4954), DATA and BDAT (RFC 3030), limits, timeouts and the replies
 * to nonsense. A {@link org.moxmail.smtp.server.SmtpService} owns decisions: who may come in, whom mail is for, what becomes
 * of it.
 *
 * <p>One connection is served by one thread, top to bottom, and calls the service's objects on that thread only. Any number
 * of connections may be served at once.
 */
@NullMarked
package org.moxmail.smtp.server;

import org.jspecify.annotations.NullMarked;
