/** Doubles of what the store works with, for tests of the store and of what is built on it. */
@NullMarked
package org.moxmail.store.testing;

import org.jspecify.annotations.NullMarked;
