/** Mail from other servers. */
@NullMarked
package org.moxmail.server.incoming;

import org.jspecify.annotations.NullMarked;
