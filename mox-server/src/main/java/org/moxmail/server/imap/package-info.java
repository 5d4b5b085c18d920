/** Users' mail as the IMAP engine wants it: adapts its interfaces to the store, and decides nothing. */
@NullMarked
package org.moxmail.server.imap;

import org.jspecify.annotations.NullMarked;
