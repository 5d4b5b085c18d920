/** Ids that follow a connection and its messages through logs and header fields. */
@NullMarked
package org.moxmail.server.trace;

import org.jspecify.annotations.NullMarked;
