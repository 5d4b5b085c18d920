/** Measures how the store could keep mail. */
@NullMarked
package org.moxmail.bench.store;

import org.jspecify.annotations.NullMarked;
