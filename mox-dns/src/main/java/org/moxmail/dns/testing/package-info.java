/** A zone in memory, for tests of whatever asks the DNS. */
@NullMarked
package org.moxmail.dns.testing;

import org.jspecify.annotations.NullMarked;
