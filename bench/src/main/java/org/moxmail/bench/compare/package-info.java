/** The mail server beside Postfix and Dovecot: the same workloads in turns on one machine, and a table of what came out. */
@NullMarked
package org.moxmail.bench.compare;

import org.jspecify.annotations.NullMarked;
