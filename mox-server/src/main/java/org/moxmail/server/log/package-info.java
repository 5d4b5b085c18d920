/** Logging: lines of key=value pairs on a stream, through java.util.logging; what a connection says and hears. */
@NullMarked
package org.moxmail.server.log;

import org.jspecify.annotations.NullMarked;
