/**
 * MTA-STS, RFC 8461: a domain says over HTTPS that its mail servers must be reached with verified TLS.
 *
 * <p>{@link org.moxmail.mtasts.MtaSts} decides which policy applies to a domain now, with a {@linkplain
 * org.moxmail.mtasts.PolicyCache cache} that the caller keeps. {@link org.moxmail.mtasts.MtaStsRecord} and {@link
 * org.moxmail.mtasts.MtaStsPolicy} are the two texts, with {@code parse} and {@code print}.
 */
@NullMarked
package org.moxmail.mtasts;

import org.jspecify.annotations.NullMarked;
