/**
 * The seam under the store: ordered key-value tables with snapshots and durable transactions, and nothing else. Not for
 * users of the store; a replacement of the engine below starts and ends here, and no type of that engine is visible.
 *
 * <p>Keys, values, transactions and the time a transaction may take are bounded, so that an engine that spreads over
 * several machines fits too. Everything promised here is checked by one contract test, which every implementation
 * passes.
 *
 * <p>Threads: a {@link org.moxmail.store.kv.KvStore} is safe for any number of threads. What a unit of work is given is
 * for the thread that runs it and dead when the work returns.
 */
@NullMarked
package org.moxmail.store.kv;

import org.jspecify.annotations.NullMarked;
