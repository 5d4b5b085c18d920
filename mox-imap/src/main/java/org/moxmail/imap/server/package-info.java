/** The IMAP server engine and the interfaces through which it asks for mail. */
@NullMarked
package org.moxmail.imap.server;

import org.jspecify.annotations.NullMarked;
