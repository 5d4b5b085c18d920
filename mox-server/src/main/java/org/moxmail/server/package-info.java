/** Starts the mail server's command line. */
@NullMarked
package org.moxmail.server;

import org.jspecify.annotations.NullMarked;
