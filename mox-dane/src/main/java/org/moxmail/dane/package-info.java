/**
 * DANE for SMTP, RFC 7672: a mail host's TLSA records, proved by DNSSEC, say that it speaks TLS and by which key or issuer it
 * is known.
 *
 * <p>{@link org.moxmail.dane.TlsaOutcome#lookup} finds the records of a host and what they oblige to; {@link
 * org.moxmail.dane.DaneTrustManager} makes them the decision of a TLS handshake; {@link org.moxmail.dane.DaneVerifier} is that
 * decision alone.
 */
@NullMarked
package org.moxmail.dane;

import org.jspecify.annotations.NullMarked;
