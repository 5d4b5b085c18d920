/**
 * Delivery status notifications (RFC 3464, RFC 6533): what a mail server says of a message that it couldn't deliver, or
 * delivered late or in time, read and composed.
 *
 * <pre>{@code
 * DsnAddress joe = DsnAddress.of(Address.parse("joe@example.net"));
 * DeliveryStatus status = DeliveryStatus.builder(MtaName.dns("mx.example.org"))
 *         .recipient(DsnRecipient.builder(joe, DsnAction.FAILED, DsnStatus.parse("5.1.1"))
 *                 .diagnosticCode(DiagnosticCode.smtp("550 5.1.1 no such user"))
 *                 .build())
 *         .build();
 * NamedAddress from = new NamedAddress("Postmaster", Address.parse("postmaster@example.org"));
 * new DsnComposer(from, Address.parse("ann@example.com"), status)
 *         .original(original, DsnComposer.Return.HEADER)
 *         .write(new Composer(out, ComposeOptions.SEVEN_BIT, clock, random));
 * }</pre>
 *
 * <p>{@link org.moxmail.message.dsn.Dsn#parse} reads such mail. What is written keeps to the RFCs; what is read may stray
 * from them as mail servers do, each way being a {@link org.moxmail.message.dsn.DsnLeniency}. Notifications are sent with a
 * null reverse-path, RFC 3464 §2, which is the sender's to do. Left out: message disposition notifications (RFC 8098), the
 * rules of when to send which (RFC 3461 §5 and §6). All types are immutable and for any threads, but the builders and the
 * composer.
 */
@NullMarked
package org.moxmail.message.dsn;

import org.jspecify.annotations.NullMarked;
