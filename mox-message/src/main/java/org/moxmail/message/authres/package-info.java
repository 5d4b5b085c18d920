/**
 * Authentication-Results fields (RFC 8601): what a server says about checks such as SPF and DKIM, read and written.
 *
 * <pre>{@code
 * AuthenticationResults field = AuthenticationResults.builder("mx.example.org")
 *         .add(AuthenticationResult.of("spf", "pass").with("smtp", "mailfrom", "joe@example.net"))
 *         .build();
 * String line = field.field();
 * }</pre>
 *
 * <p>Who receives mail from outside first drops the fields that claim to be its own, {@link
 * org.moxmail.message.authres.AuthservIds#removes}. All types are immutable and for any threads, but the builder.
 */
@NullMarked
package org.moxmail.message.authres;

import org.jspecify.annotations.NullMarked;
