/**
 * A stress for IMAP servers: many clients send random commands to a few mailboxes, and each keeps a model of what the server
 * told it, against which it checks everything that comes. Any server can be tortured by its address.
 */
@NullMarked
package org.moxmail.bench.stress;

import org.jspecify.annotations.NullMarked;
