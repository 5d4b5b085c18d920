/**
 * DKIM: domains sign the mail they are answerable for, RFC 6376; and ARC: those who pass mail on tell what they saw, RFC 8617.
 *
 * <p>{@link org.moxmail.dkim.SignedMessage} is a message as signatures see it, either stored or
 * {@linkplain org.moxmail.dkim.SignedMessageFeed streaming by}. {@link org.moxmail.dkim.DkimVerifier} and
 * {@link org.moxmail.dkim.ArcVerifier} verify it, {@link org.moxmail.dkim.DkimSigner} and
 * {@link org.moxmail.dkim.ArcSealer} make the fields to put in front of it. {@link org.moxmail.dkim.DkimSignature},
 * {@link org.moxmail.dkim.DkimKeyRecord} and {@link org.moxmail.dkim.ArcSet} with its parts are what the texts say.
 *
 * <pre>{@code
 * KeyPair pair = DkimKeys.generateEd25519(new SecureRandom());
 * DkimKeyRecord record = DkimKeyRecord.of(pair.getPublic());
 * Resolver dns = new ZoneResolver().txt("may._domainkey.example.org", record.print());
 * Auid author = Auid.of(Address.parse("ann@example.org"));
 * DkimSigner signer = new DkimSigner(author.domain(), List.of(new DkimSelector("may", pair.getPrivate())), clock);
 * String signature = signer.sign(SignedMessage.of(MessageContent.of(message)), author, false);
 * byte[] signed = (signature + new String(message, UTF_8)).getBytes(UTF_8);
 * for (DkimOutcome outcome : new DkimVerifier(dns, clock).verify(SignedMessage.of(MessageContent.of(signed)))) {
 *     System.out.println(outcome.domain().orElseThrow() + " " + outcome.status().keyword());
 * }
 * }</pre>
 *
 * <p>Implemented: RFC 6376 with errata 4810 and 5070, RFC 8301, RFC 8463, RFC 8616 §5, RFC 8617, the result words of RFC 8601
 * §2.7.1. Left out: reports of failures (RFC 6651), author domain signing practices.
 *
 * <p>Values are immutable, and verifiers, signers, lookups and caches are safe for use by many threads. A message and a feed are
 * for one thread at a time.
 */
@NullMarked
package org.moxmail.dkim;

import org.jspecify.annotations.NullMarked;
