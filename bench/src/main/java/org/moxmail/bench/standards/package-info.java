/** JMH benchmarks of the mail standards' libraries, beside peers where there are some; all DNS is in memory. */
@NullMarked
package org.moxmail.bench.standards;

import org.jspecify.annotations.NullMarked;
