/**
 * The grammar of SMTP: commands, paths, parameters and replies as values that are valid once they exist, with a parser and
 * a printer whose round trip is a law.
 *
 * <p>RFC 5321 (§4.1, §4.2), with the parameters of RFC 1870 (SIZE), 3030 (BDAT, BINARYMIME), 3461 (DSN), 4865
 * (FUTURERELEASE), 4954 (AUTH), 6152 (8BITMIME), 6531 (SMTPUTF8) and 8689 (REQUIRETLS), and the enhanced codes of RFC 2034
 * and 3463. Everything here is immutable and does no I/O.
 */
@NullMarked
package org.moxmail.smtp;

import org.jspecify.annotations.NullMarked;
