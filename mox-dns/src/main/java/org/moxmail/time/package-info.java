/**
 * Time as a collaborator. Whoever reads a clock or waits for a while takes a {@link org.moxmail.time.Timing}, so that a
 * test, or a whole simulated server, moves time by hand. It lives in the lowest module because engines and store, which
 * don't know each other, all need the same one.
 */
@NullMarked
package org.moxmail.time;

import org.jspecify.annotations.NullMarked;
