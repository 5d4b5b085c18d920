/** Domain names. */
@NullMarked
package org.moxmail.dns;

import org.jspecify.annotations.NullMarked;
