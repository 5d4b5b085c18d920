/** The grammar of IMAP: commands and responses as values, a decoder and an encoder for both directions. */
@NullMarked
package org.moxmail.imap;

import org.jspecify.annotations.NullMarked;
