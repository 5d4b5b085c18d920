/** Failures that users of a test server ask for by the localpart they write to. */
@NullMarked
package org.moxmail.server.failures;

import org.jspecify.annotations.NullMarked;
