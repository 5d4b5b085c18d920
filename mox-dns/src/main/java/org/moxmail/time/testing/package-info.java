/** Time that stands still until a test moves it. */
@NullMarked
package org.moxmail.time.testing;

import org.jspecify.annotations.NullMarked;
