/**
 * Doubles and checks for whoever builds on the IMAP engine: mail that lives in memory, a pair of connected sockets
 * without a network, the contract that every implementation of the engine's interfaces keeps, and a runner for recorded
 * conversations. None of it needs a test framework: checks fail with {@link java.lang.AssertionError}.
 */
@NullMarked
package org.moxmail.imap.testing;

import org.jspecify.annotations.NullMarked;
