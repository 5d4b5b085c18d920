/** JMH benchmarks of the libraries, each beside a named peer. */
@NullMarked
package org.moxmail.bench;

import org.jspecify.annotations.NullMarked;
