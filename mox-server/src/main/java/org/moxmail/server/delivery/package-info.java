/** Puts messages into accounts, with the header fields that tell how they came. */
@NullMarked
package org.moxmail.server.delivery;

import org.jspecify.annotations.NullMarked;
