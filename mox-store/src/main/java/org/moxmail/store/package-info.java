/** Accounts on disk. */
@NullMarked
package org.moxmail.store;

import org.jspecify.annotations.NullMarked;
