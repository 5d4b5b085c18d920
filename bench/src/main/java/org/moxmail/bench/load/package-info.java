/**
 * A load driver for mail servers on loopback, ours or others': SMTP and LMTP delivery, IMAP logins, APPEND, commands over a
 * large mailbox, IDLE. It uses nothing of the libraries that it measures.
 */
@NullMarked
package org.moxmail.bench.load;

import org.jspecify.annotations.NullMarked;
