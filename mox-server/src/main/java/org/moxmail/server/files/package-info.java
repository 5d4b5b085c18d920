/** Small files of the server itself. */
@NullMarked
package org.moxmail.server.files;

import org.jspecify.annotations.NullMarked;
