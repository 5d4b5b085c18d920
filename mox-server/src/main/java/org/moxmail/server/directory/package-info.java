/** Which account an address belongs to. */
@NullMarked
package org.moxmail.server.directory;

import org.jspecify.annotations.NullMarked;
