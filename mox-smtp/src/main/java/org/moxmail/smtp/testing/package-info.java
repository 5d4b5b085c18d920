/** Doubles for tests of whoever speaks SMTP: sockets in memory, a scripted peer, and a mail service in memory. */
@NullMarked
package org.moxmail.smtp.testing;

import org.jspecify.annotations.NullMarked;
