/**
 * Dumps the API that a library exports as sorted text, one line per member, and tells which of the differences between two
 * dumps break those who use the library.
 */
@NullMarked
package org.moxmail.apidiff;

import org.jspecify.annotations.NullMarked;
